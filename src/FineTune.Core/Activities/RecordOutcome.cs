using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>Writes how the run ended: the model, then the run's row, then the alias. A final row never changes again.</summary>
/// <remarks>
/// The model before the row: while that is not final, a sweep goes on with the run, whatever else is lost. The alias after it, for the row keeps when
/// the model was made: a second attempt must not take the alias from a model that came in between.
/// </remarks>
public sealed partial class RecordOutcome(IRunLedger ledger, ModelCatalogue catalogue, TimeProvider time, ILogger<RecordOutcome> logger)
{
    public async Task<Done> RunAsync(RecordInput input, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        RunRow found = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunRowMissingException(input.RunId);
        if (ModelOf(Ended(found, input.Outcome, now)) is { } made)
        {
            await ledger.PutModelAsync(made, cancellationToken);
        }

        RunRow row = await ledger.ChangeRunAsync(input.RunId, row => Ended(row, input.Outcome, now), cancellationToken);
        if (ModelOf(row) is { Alias: { } alias } model)
        {
            await MoveAliasAsync(alias, model, cancellationToken);
        }

        Log.Recorded(logger, input.RunId, row.Status);
        return new Done();
    }

    /// <summary>As it is, where it is final already.</summary>
    private RunRow Ended(RunRow row, FineTuneOutcome outcome, DateTimeOffset now)
        => row.Status is not RunStatus.Running ? row : row with
        {
            Status = outcome.Status,
            Detail = outcome.Detail,
            ModelId = outcome.ModelId,
            JobId = outcome.JobId ?? row.JobId,
            TrainedTokens = outcome.TrainedTokens,
            Cost = outcome.TrainedTokens is { } tokens ? PriceEstimate.AtListPrice(tokens, catalogue.Find(row.Spec.Model)) : null,
            Checkpoints = outcome.Checkpoints,
            ShutdownDate = outcome.ShutdownDate,
            ErrorCode = outcome.ErrorCode,
            ErrorParam = outcome.ErrorParam,
            UpdatedAt = now,
        };

    /// <summary>Null where the run has none.</summary>
    private static ModelRow? ModelOf(RunRow row)
        => row is not { Status: RunStatus.Succeeded, ModelId: not null, JobId: not null } ? null : new()
        {
            ModelId = row.ModelId,
            RunId = row.RunId,
            JobId = row.JobId,
            BaseModel = row.Spec.Model,
            Dataset = row.Dataset.Name,
            CreatedAt = row.RecoveredAt is null ? row.UpdatedAt : row.CreatedAt, // or an old model would be the newest, and take the alias
            Alias = row.Spec.Alias,
            TrainedTokens = row.TrainedTokens,
            Sha256 = row.Sha256,
            ShutdownDate = row.ShutdownDate,
        };

    /// <summary>Forward only, and not at all while a person's choice holds: a rollback must not be undone by the next run.</summary>
    private async Task MoveAliasAsync(string alias, ModelRow model, CancellationToken cancellationToken)
    {
        AliasRow? now = await ledger.ChangeAliasAsync(alias, MoveForward, cancellationToken);
        if (now is { Held: true } && now.ModelId != model.ModelId)
        {
            Log.AliasHeld(logger, model.RunId, alias, now.ModelId, model.ModelId);
        }

        AliasRow? MoveForward(AliasRow? current)
            => current is not null && (current.Held || current.ModelId == model.ModelId || current.ModelCreatedAt > model.CreatedAt) ? current
                : AliasRow.PointedAt(current, alias, model, $"run {model.RunId}", held: false, time.GetUtcNow());
    }

    private static partial class Log
    {
        [LoggerMessage(160, LogLevel.Information, "Run {RunId} ended: {Status}.")]
        public static partial void Recorded(ILogger logger, string runId, RunStatus status);

        [LoggerMessage(161, LogLevel.Warning, "Run {RunId}: alias {Alias} stays at {Current}, which a person chose; the new model is {ModelId}.")]
        public static partial void AliasHeld(ILogger logger, string runId, string alias, string current, string modelId);
    }
}
