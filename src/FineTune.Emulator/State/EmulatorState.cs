using System.Collections.Concurrent;
using System.Collections.Immutable;
using FineTune.Emulator.Files;
using FineTune.Emulator.Jobs;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Time;
using FineTune.Emulator.Uploads;

namespace FineTune.Emulator.State;

/// <summary>Everything the emulator knows: the journal, and what follows from it. Nothing here changes with time alone.</summary>
internal sealed class EmulatorState : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly TimeProvider _time;
    private readonly double _speed;

    public EmulatorState(string folder, EmulatorOptions options, TimeProvider time, IdSource ids, EmulatedClock clock)
    {
        (_time, _speed) = (time, options.Speed);
        _journal = Journal.Open(folder, out var entries);
        foreach (var entry in entries)
        {
            entry.ApplyTo(this);
        }

        Commit(new Opened(Openings + 1));
        ids.Opening = Openings;
        SetClock(clock, LastClock?.EmulatedAt(time.GetUtcNow()) ?? time.GetUtcNow());
    }

    public NewestFirst<StoredFile> Files { get; } = new(f => f.Id);

    public NewestFirst<FineTuningJob> Jobs { get; } = new(j => j.Id);

    public ConcurrentDictionary<string, PartialUpload> Uploads { get; } = new();

    public ConcurrentDictionary<string, DateTimeOffset> DeletedResults { get; } = new();

    public ConcurrentDictionary<string, bool> DeletedModels { get; } = new();

    /// <summary>Job ids by each metadata pair they carry, newest first.</summary>
    public ConcurrentDictionary<KeyValuePair<string, string>, ImmutableStack<string>> JobsByMetadata { get; } = new();

    /// <summary>Create-job requests by the run's key.</summary>
    public ConcurrentDictionary<string, int> JobPosts { get; } = new();

    /// <summary>Job ids by result file id.</summary>
    public ConcurrentDictionary<string, string> ResultOwners { get; } = new();

    /// <summary>Job ids by the name of the model or checkpoint they leave.</summary>
    public ConcurrentDictionary<string, string> ModelOwners { get; } = new();

    public int Openings { get; set; }

    public ClockSet? LastClock { get; set; }

    public void Commit(JournalEntry entry)
    {
        lock (_gate)
        {
            _journal.Append(entry);
            entry.ApplyTo(this);
        }
    }

    /// <summary>For a check and the commit that depends on it.</summary>
    public T Exclusively<T>(Func<T> change)
    {
        lock (_gate)
        {
            return change();
        }
    }

    public void SetClock(EmulatedClock clock, DateTimeOffset now)
    {
        clock.Set(now);
        Commit(new ClockSet(_time.GetUtcNow(), now, _speed));
    }

    public void AddJob(FineTuningJob job)
    {
        Jobs.Add(job);
        ResultOwners[job.Plan.ResultFile] = job.Id;
        foreach (var pair in job.Request.Metadata ?? [])
        {
            JobsByMetadata.AddOrUpdate(pair, ImmutableStack.Create(job.Id), (_, ids) => ids.Push(job.Id));
        }

        foreach (var checkpoint in JobCheckpoint.AllOf(job))
        {
            ModelOwners[checkpoint.Model] = job.Id;
        }
    }

    public void Dispose() => _journal.Dispose();
}
