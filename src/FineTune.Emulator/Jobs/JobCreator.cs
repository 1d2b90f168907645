using System.Text.Json;
using FineTune.Emulator.Datasets;
using FineTune.Emulator.Files;
using FineTune.Emulator.Models;
using FineTune.Emulator.State;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Time;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>Makes jobs; refuses what the provider refuses at once: unknown files, the wrong format for the model, too many jobs.</summary>
internal sealed class JobCreator(
    EmulatorState state,
    EmulatedClock clock,
    IdSource ids,
    JobRequestReader requests,
    JobPlanner planner,
    JobLimits limits,
    FileCatalogue files)
{
    /// <exception cref="ApiException">400 or 429, with no job made.</exception>
    public FineTuningJob Create(JsonElement body, JobFailure? scripted)
    {
        var request = requests.Read(body);
        return state.Exclusively(() =>
        {
            var now = clock.Now;
            var training = Find(request.TrainingFile, "training_file", now);
            var validation = request.ValidationFile is { } id ? Find(id, "validation_file", now) : null;
            RequireFormat(request, training);
            limits.Check(request.Model, now);
            string jobId = ids.Next("ftjob-", 24);
            var job = new FineTuningJob(jobId, now, request, planner.Plan(jobId, request, training, validation, scripted, now));
            state.Commit(new JobCreated(job));
            return job;
        });
    }

    private StoredFile Find(string id, string param, DateTimeOffset now)
        => files.Find(id, now) is { Facts: not null } file
            ? file
            : throw ApiException.BadRequest($"invalid {param}: {id}", param);

    private static void RequireFormat(JobRequest request, StoredFile training)
    {
        bool chatModel = BaseModels.Resolve(request.Model)!.IsChat;
        var format = training.Facts!.Format;
        if (format == DatasetFormat.Completion && chatModel)
        {
            throw Mismatch($"Input file {training.Id} is in the prompt-completion format, but the specified model {request.Model} " +
                "is a chat model and requires chat-formatted data.");
        }

        if (format is DatasetFormat.Chat or DatasetFormat.Preference && !chatModel)
        {
            throw Mismatch($"Input file {training.Id} is in the chat format, but the specified model {request.Model} " +
                "is not a chat model and requires prompt-completion data.");
        }
    }

    private static ApiException Mismatch(string message)
        => ApiException.BadRequest($"Invalid file format. {message}", "training_file", "invalid_file_format");
}
