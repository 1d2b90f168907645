using FineTune.Local.Engine.Journaling;
using FineTune.Local.Storage;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Hosting;

/// <summary>Starts a run for every dataset that is dropped into the folder.</summary>
internal sealed partial class DatasetWatcher(FolderWatch watch, StartRun startRun, TimeProvider time, ILogger<DatasetWatcher> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (DatasetVersion dataset in watch.ChangesAsync(stoppingToken))
        {
            while (!await TryStartAsync(dataset, stoppingToken))
            {
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    /// <summary>False when the disk or the ledger did not let it: each dataset is told of only once, so it must not be dropped for that.</summary>
    private async Task<bool> TryStartAsync(DatasetVersion dataset, CancellationToken cancellationToken)
    {
        try
        {
            StartedRun started = await startRun.OnDroppedAsync(dataset, cancellationToken);
            Log.Dropped(logger, started.Run.RunId, started.IsNew);
            return true;
        }
        catch (PermanentFailureException refused)
        {
            Log.Refused(logger, refused.Message);
            return true;
        }
        catch (Exception passing) when (passing is LedgerUnavailableException or JournalUnusableException or IOException)
        {
            Log.Delayed(logger, passing.Message, Pause);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Information, "A dataset was dropped: run {RunId} (new: {IsNew}).")]
        public static partial void Dropped(ILogger logger, string runId, bool isNew);

        [LoggerMessage(302, LogLevel.Error, "A dropped dataset could not be started yet: {Reason} Next try in {Pause}.")]
        public static partial void Delayed(ILogger logger, string reason, TimeSpan pause);

        [LoggerMessage(301, LogLevel.Error, "A dropped dataset starts no run: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
