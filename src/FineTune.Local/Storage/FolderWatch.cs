using System.Runtime.CompilerServices;
using FineTune.Ports;
using Microsoft.Extensions.Options;

namespace FineTune.Local.Storage;

/// <summary>Tells of every dataset in the folder once it has been copied completely, and again whenever it has become another version.</summary>
/// <remarks>It looks by polling, so that nothing is missed; the operating system's word only makes it look sooner.</remarks>
public sealed partial class FolderWatch(
    FolderDatasetStore store, IOptions<FolderWatchOptions> options, TimeProvider timeProvider, ILogger<FolderWatch> logger)
{
    /// <summary>What is there already comes first. Ends only by cancellation; after a restart everything is told again.</summary>
    public async IAsyncEnumerable<DatasetVersion> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SettlingRule rule = new(options.Value.Settle, timeProvider);
        using FolderHint hint = StartHint();
        while (true)
        {
            foreach (DatasetVersion version in await LookAsync(rule, cancellationToken))
            {
                yield return version;
            }

            // While something settles, hints are ignored: a file being copied would give thousands of them.
            await (rule.IsWaiting
                ? Task.Delay(options.Value.Settle, timeProvider, cancellationToken)
                : hint.WaitAsync(options.Value.PollEvery, timeProvider, cancellationToken));
        }
    }

    private async Task<List<DatasetVersion>> LookAsync(SettlingRule rule, CancellationToken cancellationToken)
    {
        try
        {
            return rule.Look(await store.ListAsync(cancellationToken).ToListAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LookFailed(logger, store.Root, exception);
            return [];
        }
    }

    private FolderHint StartHint()
    {
        FolderHint hint = new(store.Root);
        try
        {
            hint.Start();
        }
        catch (IOException exception)
        {
            Log.HintUnavailable(logger, store.Root, options.Value.PollEvery, exception);
        }

        return hint;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Looking into {Folder} failed; it is tried again. Check that the folder exists and may be read.")]
        public static partial void LookFailed(ILogger logger, string folder, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "The system gives no notice of changes in {Folder}; it is looked at every {PollEvery}.")]
        public static partial void HintUnavailable(ILogger logger, string folder, TimeSpan pollEvery, Exception exception);
    }
}
