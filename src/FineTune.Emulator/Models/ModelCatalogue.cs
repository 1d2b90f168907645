using FineTune.Emulator.Files;
using FineTune.Emulator.Jobs;
using FineTune.Emulator.State;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Models;

/// <summary>The models there are now: the base models, and those of jobs that have got so far.</summary>
internal sealed class ModelCatalogue(EmulatorState state, JobReader jobs)
{
    public const string Owner = "emulator";

    private static readonly long BaseModelsCreated = new DateTimeOffset(2025, 4, 14, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    public IEnumerable<WireModel> All()
        => BaseModels.All.Select(View).Concat(state.ModelOwners.Keys.Select(ViewTuned).OfType<WireModel>().OrderBy(m => m.Created));

    /// <exception cref="ApiException">404 where there is no such model now.</exception>
    public WireModel Find(string id)
        => ViewTuned(id)
            ?? (BaseModels.Resolve(id) is { } known && !id.StartsWith("ft:", StringComparison.Ordinal) ? View(known) : throw NotFound(id));

    /// <summary>The job whose model this is, once the model exists.</summary>
    public FineTuningJob? OwnerOf(string id)
    {
        if (state.DeletedModels.ContainsKey(id) || !state.ModelOwners.TryGetValue(id, out string? jobId))
        {
            return null;
        }

        var job = jobs.Find(jobId);
        var moment = jobs.MomentOf(job);
        int step = JobCheckpoint.AllOf(job).First(c => c.Model == id).Step;
        bool exists = step == job.Plan.Steps
            ? moment.Status == JobStatus.Succeeded
            : TrainingSteps.ActiveTimeOf(job.Plan, step) <= moment.Active;
        return exists ? job : null;
    }

    /// <exception cref="ApiException">404 where there is no such model, 403 for a base model.</exception>
    public WireDeleted Delete(string id)
    {
        if (Find(id).OwnedBy != Owner)
        {
            throw new ApiException(403, "You have insufficient permissions for this operation: base models cannot be deleted.");
        }

        state.Commit(new ModelDeleted(id));
        return new WireDeleted(id, "model");
    }

    public static ApiException NotFound(string id) => new(404, $"The model '{id}' does not exist", "model", "model_not_found");

    private WireModel? ViewTuned(string id)
    {
        if (OwnerOf(id) is not { } job)
        {
            return null;
        }

        var created = jobs.MomentOf(job).EndedAt ?? jobs.Now;
        return new WireModel(id, created.ToUnixTimeSeconds(), Owner, BaseModels.Resolve(job.Request.Model)!.ShutdownDate);
    }

    private static WireModel View(BaseModel model) => new(model.Id, BaseModelsCreated, "system", model.ShutdownDate);
}
