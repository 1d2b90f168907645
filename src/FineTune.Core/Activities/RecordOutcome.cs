using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>Writes how the run ended: its row first, then the model, then the alias. A final row never changes again.</summary>
public sealed partial class RecordOutcome(IRunLedger ledger, TimeProvider time, ILogger<RecordOutcome> logger)
{
    public async Task<Done> RunAsync(RecordInput input, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        RunRow row = await ledger.ChangeRunningAsync(input.RunId, row => Ended(row, input.Outcome, now), cancellationToken);
        if (row is { Status: RunStatus.Succeeded, ModelId: not null, JobId: not null })
        {
            await RecordModelAsync(row, cancellationToken);
        }

        Log.Recorded(logger, input.RunId, row.Status);
        return new Done();
    }

    private static RunRow Ended(RunRow row, FineTuneOutcome outcome, DateTimeOffset now)
        => row with
        {
            Status = outcome.Status,
            Detail = outcome.Detail,
            ModelId = outcome.ModelId,
            JobId = outcome.JobId ?? row.JobId,
            TrainedTokens = outcome.TrainedTokens,
            Checkpoints = outcome.Checkpoints,
            ErrorCode = outcome.ErrorCode,
            ErrorParam = outcome.ErrorParam,
            UpdatedAt = now,
        };

    private async Task RecordModelAsync(RunRow row, CancellationToken cancellationToken)
    {
        ModelRow model = new()
        {
            ModelId = row.ModelId!,
            RunId = row.RunId,
            JobId = row.JobId!,
            BaseModel = row.Spec.Model,
            Dataset = row.Dataset.Name,
            CreatedAt = row.UpdatedAt,
            Alias = row.Spec.Alias,
            TrainedTokens = row.TrainedTokens,
        };
        await ledger.PutModelAsync(model, cancellationToken);
        if (model.Alias is not null)
        {
            await ledger.PutAliasAsync(model.Alias, model, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(160, LogLevel.Information, "Run {RunId} ended: {Status}.")]
        public static partial void Recorded(ILogger logger, string runId, RunStatus status);
    }
}
