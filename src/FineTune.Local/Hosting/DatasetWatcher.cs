using FineTune.Local.Storage;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Hosting;

/// <summary>Starts a run for every dataset that is dropped into the folder.</summary>
internal sealed partial class DatasetWatcher(FolderWatch watch, StartRun startRun, ILogger<DatasetWatcher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (DatasetVersion dataset in watch.ChangesAsync(stoppingToken))
        {
            try
            {
                StartedRun started = await startRun.OnDroppedAsync(dataset, stoppingToken);
                Log.Dropped(logger, started.Run.RunId, started.IsNew);
            }
            catch (InvalidRequestException refused)
            {
                Log.Refused(logger, refused.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Information, "A dataset was dropped: run {RunId} (new: {IsNew}).")]
        public static partial void Dropped(ILogger logger, string runId, bool isNew);

        [LoggerMessage(301, LogLevel.Error, "A dropped dataset starts no run: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
