using FineTune.Local.Engine.Journaling;
using FineTune.Local.Storage;
using FineTune.Ports;
using FineTune.Sweeping;

namespace FineTune.Local.Hosting;

/// <summary>Sweeps when the server starts, and from then on every quarter of an hour.</summary>
internal sealed partial class Sweeper(Sweep sweep, TimeProvider time, ILogger<Sweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Every, time);
        do
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
            }
            catch (Exception passing) when (passing is ProviderUnavailableException or PermanentFailureException or LedgerUnavailableException
                or JournalUnusableException or IOException)
            {
                Log.Failed(logger, passing.Message, Every);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(303, LogLevel.Error, "The sweep broke off: {Reason} Next one in {Every}.")]
        public static partial void Failed(ILogger logger, string reason, TimeSpan every);
    }
}
