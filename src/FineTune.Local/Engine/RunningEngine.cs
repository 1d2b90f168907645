using FineTune.Local.Engine.Journaling;

namespace FineTune.Local.Engine;

/// <summary>The engine between its start and its stop.</summary>
internal sealed partial class RunningEngine : IAsyncDisposable
{
    private readonly string _folder;
    private readonly FolderLock _lock;
    private readonly InboxWatch _inboxWatch;

    public RunningEngine(EngineParts parts, FolderLock folderLock, EngineOptions options)
    {
        Parts = parts;
        Instances = new LiveInstances(parts);
        _folder = options.Folder;
        _lock = folderLock;
        parts.Activities.Start(options.MaxActivities);
        int recovered = Recover();
        _inboxWatch = new InboxWatch(parts, Instances);
        Log.Started(parts.Loggers.CreateLogger<WorkflowEngine>(), options.Folder, recovered);
    }

    public EngineParts Parts { get; }

    public LiveInstances Instances { get; }

    /// <summary>Lets what is under way come to an end, as long as <paramref name="abort"/> does not fire.</summary>
    public async Task StopAsync(CancellationToken abort)
    {
        await _inboxWatch.DisposeAsync();
        await UntilAsync(Parts.Activities.StopAsync(), abort);
        await UntilAsync(Instances.StopAsync(), abort);
        await Parts.Writer.CloseAsync(abort);
        JournalFile.CloseReaders(_folder);
        Parts.Writer.Dispose();
        Parts.Activities.Dispose();
        Parts.Alarms.Dispose();
        _lock.Dispose();
    }

    /// <summary>Stops on the spot.</summary>
    public ValueTask DisposeAsync() => new(StopAsync(new CancellationToken(canceled: true)));

    private int Recover()
    {
        var unfinished = Parts.Reader.ListUnfinished();
        foreach (var row in unfinished)
        {
            Instances.Launch(row, Parts.Reader.ReadSteps(row.Id));
        }

        return unfinished.Count;
    }

    private static async Task UntilAsync(Task work, CancellationToken abort)
    {
        try
        {
            await work.WaitAsync(abort);
        }
        catch (OperationCanceledException)
        {
            // Out of time: the journal has all that counts.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The workflow engine runs on {Folder}; {Count} unfinished instances go on.")]
        public static partial void Started(ILogger logger, string folder, int count);
    }
}
