using FineTune.Local.Engine.Journaling;

namespace FineTune.Local.Engine;

/// <summary>
/// Runs workflows durably from one data folder: whatever it was doing when it stopped or was killed, the next start goes on with.
/// Activities run at least once.
/// </summary>
internal sealed class WorkflowEngine(
    WorkflowRegistry registry, EngineOptions options, IServiceScopeFactory scopes, TimeProvider clock, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Messages _messages = new(options.Json);
    private RunningEngine? _running;

    /// <summary>Completes when nothing is under way and only time, an event or a call can move anything on.</summary>
    public Task WhenIdle => Idle.WhenIdle;

    /// <summary>What is under way. Whoever holds a call back can take it out for that time.</summary>
    internal IdleCount Idle { get; } = new();

    internal JournalReader Reader { get; } = new(options.Folder);

    internal JournalWriter Writer => Running.Parts.Writer;

    private RunningEngine Running => _running ?? throw new InvalidOperationException("The engine is not running. Start it first.");

    /// <exception cref="FolderInUseException">Another engine has the folder.</exception>
    /// <exception cref="JournalUnusableException">The journal cannot be opened.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _messages.Require(registry.MessageTypes);
        Directory.CreateDirectory(options.Folder);
        var folderLock = FolderLock.Take(options.Folder);
        try
        {
            _running = new RunningEngine(Assemble(), folderLock, options);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }

        return Task.CompletedTask;
    }

    /// <summary>Stops within 10 seconds; what could not end in time is run again at the next start.</summary>
    /// <param name="cancellationToken">Already cancelled: stop on the spot.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, null) is { } running)
        {
            using var limit = new CancellationTokenSource(StopLimit, clock);
            using var abort = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await running.StopAsync(abort.Token);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    /// <summary>False when the id is taken.</summary>
    internal async Task<bool> TryLaunchAsync(string workflow, string instanceId, object input)
    {
        if (registry.FindWorkflow(workflow) is null)
        {
            throw new UnknownCodeException("workflow", workflow);
        }

        var running = Running;
        var row = new InstanceRow
        {
            Id = instanceId,
            Workflow = workflow,
            Input = _messages.Write(input),
            StartedAt = clock.GetUtcNow().UtcDateTime,
        };
        bool isNew = await running.Parts.Writer.TryCommitAsync(session => session.TryAddInstance(row));
        if (isNew)
        {
            running.Instances.Launch(row, recorded: []);
        }

        return isNew;
    }

    internal async Task RaiseEventAsync(string instanceId, string name, object payload)
    {
        var running = Running;
        string json = _messages.Write(payload);
        if (await running.Parts.Writer.TryCommitAsync(session => session.TryAddEvent(instanceId, name, json)))
        {
            running.Instances.Post(instanceId, new Signal.InboxChanged());
        }
    }

    internal Task ForgetAsync(string instanceId) => Running.Parts.Writer.TryCommitAsync(session => session.TryForget(instanceId));

    private EngineParts Assemble() => new()
    {
        Registry = registry,
        Messages = _messages,
        Writer = new JournalWriter(
            JournalFile.OpenOrCreate(options.Folder), clock, loggers.CreateLogger<JournalWriter>(), options.BeforeCommit),
        Reader = Reader,
        Activities = new ActivityPool(registry, _messages, scopes, Idle, loggers.CreateLogger<ActivityPool>(), options.BeforeActivity),
        Alarms = new AlarmClock(clock),
        Idle = Idle,
        Clock = clock,
        Loggers = loggers,
    };
}
