using System.Text.Json.Serialization;
using FineTune.Emulator.Files;
using FineTune.Emulator.Jobs;
using FineTune.Emulator.Uploads;

namespace FineTune.Emulator.State;

/// <summary>One fact the emulator must still know after kill -9. Names and shapes are persisted: add, never rename.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "entry")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(ClockSet), "clock-set")]
[JsonDerivedType(typeof(FileStored), "file-stored")]
[JsonDerivedType(typeof(FileDeleted), "file-deleted")]
[JsonDerivedType(typeof(UploadChanged), "upload-changed")]
[JsonDerivedType(typeof(JobCreated), "job-created")]
[JsonDerivedType(typeof(JobIntervened), "job-intervened")]
[JsonDerivedType(typeof(ModelDeleted), "model-deleted")]
[JsonDerivedType(typeof(JobPosted), "job-posted")]
internal abstract record JournalEntry
{
    public abstract void ApplyTo(EmulatorState state);
}

/// <summary>A server started on this state.</summary>
internal sealed record Opened(int Count) : JournalEntry
{
    public override void ApplyTo(EmulatorState state) => state.Openings = Count;
}

/// <summary>Where emulated time stood at a real moment, so that it goes on while no server runs.</summary>
internal sealed record ClockSet(DateTimeOffset Real, DateTimeOffset Emulated, double Speed) : JournalEntry
{
    public override void ApplyTo(EmulatorState state) => state.LastClock = this;

    public DateTimeOffset EmulatedAt(DateTimeOffset real) => Emulated + ((real > Real ? real - Real : TimeSpan.Zero) * Speed);
}

internal sealed record FileStored(StoredFile File) : JournalEntry
{
    public override void ApplyTo(EmulatorState state) => state.Files.Add(File);
}

/// <summary>An uploaded file, or the result file of a job, was deleted.</summary>
internal sealed record FileDeleted(string Id, DateTimeOffset At) : JournalEntry
{
    public override void ApplyTo(EmulatorState state)
    {
        if (state.Files.Find(Id) is { } file)
        {
            state.Files.Replace(file with { DeletedAt = At });
        }
        else
        {
            state.DeletedResults.TryAdd(Id, At);
        }
    }
}

/// <summary>An upload in parts as it now is.</summary>
internal sealed record UploadChanged(PartialUpload Upload) : JournalEntry
{
    public override void ApplyTo(EmulatorState state) => state.Uploads[Upload.Id] = Upload;
}

internal sealed record JobCreated(FineTuningJob Job) : JournalEntry
{
    public override void ApplyTo(EmulatorState state) => state.AddJob(Job);
}

internal sealed record JobIntervened(string JobId, Intervention What) : JournalEntry
{
    public override void ApplyTo(EmulatorState state)
    {
        var job = state.Jobs.Find(JobId)!;
        state.Jobs.Replace(job with { Interventions = [.. job.Interventions, What] });
    }
}

internal sealed record ModelDeleted(string Model) : JournalEntry
{
    public override void ApplyTo(EmulatorState state) => state.DeletedModels.TryAdd(Model, true);
}

/// <summary>A create-job request arrived, whatever became of it.</summary>
internal sealed record JobPosted(string Key) : JournalEntry
{
    public override void ApplyTo(EmulatorState state) => state.JobPosts.AddOrUpdate(Key, 1, (_, count) => count + 1);
}
