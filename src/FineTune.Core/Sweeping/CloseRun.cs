using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Sweeping;

/// <summary>Ends a run whose workflow cannot do so any more, and gives back what the run held.</summary>
public sealed partial class CloseRun(IRunLedger ledger, SettleSpending settle, ILogger<CloseRun> logger)
{
    /// <param name="detail">Why, and what to do.</param>
    public async Task RunAsync(string runId, string detail, CancellationToken cancellationToken)
    {
        // The row last: while it is not final, the next sweep comes by again. One that came to its own end meanwhile stays as it is.
        await settle.RunAsync(new SettleInput(runId), cancellationToken);
        RunRow run = await ledger.ChangeRunningAsync(runId, row => row with { Status = RunStatus.NeedsAttention, Detail = detail }, cancellationToken);
        if (run.Detail == detail)
        {
            Log.Closed(logger, runId, detail);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(224, LogLevel.Error, "Run {RunId} is closed by the sweep: {Detail}")]
        public static partial void Closed(ILogger logger, string runId, string detail);
    }
}
