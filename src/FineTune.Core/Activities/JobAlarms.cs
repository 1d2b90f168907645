using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>Tells people, in the run's row and by a log entry that alerts can find, of a job there has been no news of for too long.</summary>
/// <remarks>Nothing is ended: the provider may take its time, and a model must not be lost to impatience.</remarks>
public sealed partial class JobAlarms(IRunLedger ledger, TimeProvider time, ILogger<JobAlarms> logger)
{
    /// <summary>Once for each reason, and only after the silence has lasted too long.</summary>
    public async Task RaiseAsync(ReadJobInput input, string code, string detail, CancellationToken cancellationToken)
    {
        RunRow? run = input.Silence is null ? null : await ledger.FindRunAsync(input.RunId, cancellationToken);
        if (run is null || run.Alarm?.Code == code)
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        await ledger.ChangeRunningAsync(input.RunId, row => row with { Alarm = new RunAlarm(code, now, detail), UpdatedAt = now }, cancellationToken);
        Log.Raised(logger, input.RunId, input.JobId, code, detail);
    }

    public async Task ClearAsync(RunRow run, CancellationToken cancellationToken)
    {
        if (run.Alarm is { } over)
        {
            await ledger.ChangeRunningAsync(run.RunId, row => row with { Alarm = null }, cancellationToken);
            Log.Cleared(logger, run.RunId, over.Code);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(195, LogLevel.Warning, "Run {RunId}: job {JobId} is {Code}: {Detail}")]
        public static partial void Raised(ILogger logger, string runId, string jobId, string code, string detail);

        [LoggerMessage(196, LogLevel.Information, "Run {RunId}: no longer {Code}.")]
        public static partial void Cleared(ILogger logger, string runId, string code);
    }
}
