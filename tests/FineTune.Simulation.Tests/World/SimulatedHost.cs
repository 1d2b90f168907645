using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using FineTune.Local.Engine;
using FineTune.Local.Engine.Journaling;
using FineTune.Local.Hosting;
using FineTune.Local.Storage;
using FineTune.Ports;
using FineTune.Simulation.Tests.Machine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FineTune.Simulation.Tests.World;

/// <summary>One process of the product, from its start to its end: the services of the local host, with gates around them.</summary>
internal sealed class SimulatedHost : IAsyncDisposable
{
    private static readonly CancellationToken AtOnce = new(canceled: true);

    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentBag<Task> _asked = [];
    private readonly ServiceProvider _services;
    private readonly HttpClient _http;
    private readonly SqliteRunLedger _ledger;
    private readonly Chronicle _chronicle;
    private readonly string _journalName;
    private readonly Lock _looking = new();
    private SqliteConnection? _journal;
    private Statements? _look;
    private int _commitsLeft = -1;

    private SimulatedHost(string name, SimulatedWorld world)
    {
        Name = name;
        _ledger = new SqliteRunLedger(world.Folder.Ledger);
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(world.ClockOf(name));
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(world.Settings).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(world.Log));
        services.AddLocalStorage(world.Folder).AddLocalEngine(world.Folder);
        EngineOptions options = (EngineOptions)services.Last(service => service.ServiceType == typeof(EngineOptions)).ImplementationInstance!;
        services.AddSingleton(options with { Folder = world.EngineFolderOf(name), BeforeActivity = HoldStepAsync, BeforeCommit = PassCommitAsync });

        services.AddSingleton(world.Sabotage.Registry ?? (WorkflowRegistry)services.Last(service => service.ServiceType == typeof(WorkflowRegistry)).ImplementationInstance!);
        Gates = new Gates(world.Clock);
        GatedTransport line = new(name, Gates, world.Provider, _ledger, world.Chronicle);
        _http = new HttpClient(world.Sabotage.Line(line)) { Timeout = Timeout.InfiniteTimeSpan };
        services.AddSingleton<PipelineTransport>(new HttpClientPipelineTransport(_http));
        services.AddSingleton<IRunLedger>(new GatedLedger(_ledger, Gates, world.Chronicle, world.Sabotage));
        services.AddSingleton<IDatasetStore>(new GatedStore(new FolderDatasetStore(world.Folder.Datasets), Gates));
        _services = services.BuildServiceProvider();
        Engine = _services.GetRequiredService<WorkflowEngine>();
        Gates.Idle = Engine.Idle;
        _chronicle = world.Chronicle;
        _journalName = world.JournalNameOf(name);
    }

    public string Name { get; }

    public Gates Gates { get; }

    public WorkflowEngine Engine { get; }

    public JournalReader Journal => Engine.Reader;

    /// <summary>Whether it was killed while it wrote to its journal.</summary>
    public bool IsCut => _cut.Task.IsCompleted;

    /// <exception cref="FolderInUseException">Another host has the folder.</exception>
    public static async Task<SimulatedHost> StartAsync(string name, SimulatedWorld world)
    {
        SimulatedHost host = new(name, world);
        try
        {
            Sabotaged(world.Sabotage.Journal, world.EngineFolderOf(name));
            await host.Engine.StartAsync(CancellationToken.None);
            host._journal = JournalFile.OpenExisting(world.EngineFolderOf(name), SqliteOpenMode.ReadOnly)!;
            host._look = new Statements(host._journal);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when it can do nothing without the simulation, or has been cut off.</summary>
    public Task QuietAsync() => Engine.WhenIdle is { IsCompleted: false } idle ? Task.WhenAny(idle, _cut.Task) : Task.CompletedTask;

    /// <summary>The n-th write to the journal from now on will not come to pass, for the host dies there.</summary>
    public void CutAtCommit(int nth) => Volatile.Write(ref _commitsLeft, nth);

    /// <summary>No cut any more, should it not have come to it.</summary>
    public void Spare() => Volatile.Write(ref _commitsLeft, -1);

    /// <summary>Does what a person or an event asks of the host, at its own pace; what goes wrong with it is told to nobody.</summary>
    public void Ask(string who, Func<IServiceProvider, CancellationToken, Task> request)
    {
        Engine.Idle.Enter();
        _asked.Add(Task.Run(async () =>
        {
            Gates.Caller = who;
            try
            {
                await request(_services, _stopped.Token);
            }
            catch (Exception failure) when (failure is OperationCanceledException or PermanentFailureException or JournalUnusableException
                or InvalidOperationException or ProviderUnavailableException)
            {
                _chronicle.Note($"{Name} {who}: {failure.GetType().Name}");
            }
            finally
            {
                Engine.Idle.Leave();
            }
        }));
    }

    /// <summary>Ends it on the spot, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        Gates.Close();
        await Engine.StopAsync(AtOnce);
        await _stopped.CancelAsync();
        await DisposeAsync();
    }

    /// <summary>Ends it as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        await _stopped.CancelAsync();
        await Engine.StopAsync(CancellationToken.None);
        Gates.Close();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_asked); // or one of them might still say something when the next host is up
        _look?.Dispose();
        _journal?.Dispose();
        await _services.DisposeAsync();
        _ledger.Dispose();
        _http.Dispose();
    }

    private static void Sabotaged(string? sql, string folder)
    {
        using SqliteConnection? journal = sql is null ? null : JournalFile.OpenExisting(folder, SqliteOpenMode.ReadWrite);
        if (journal is not null)
        {
            using SqliteCommand command = journal.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private Task HoldStepAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        Gates.Caller = $"{call.InstanceId} {call.Name}"; // not async, so that the attempt itself gets it
        return BeginAsync(call, cancellationToken);
    }

    private async Task BeginAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(Place.Step, "begin", cancellationToken);
        if (!IsOpen(call))
        {
            _chronicle.Blame("I7", $"{call.InstanceId} begins {call.Name}, which its journal does not have open");
        }

        _chronicle.Begin($"{_journalName}|{call.InstanceId}|{call.Name}|{call.Input}");
    }

    /// <summary>Whether the journal has it as begun and not ended.</summary>
    private bool IsOpen(ActivityCall call)
    {
        lock (_looking)
        {
            return _look!.Scalar(
                "SELECT 1 FROM steps WHERE instance_id = $1 AND kind = 'Activity' AND outcome IS NULL AND name = $2 AND input = $3 LIMIT 1",
                call.InstanceId, call.Name, call.Input) is not null;
        }
    }

    private async Task PassCommitAsync(SqliteConnection journal, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _commitsLeft) > 0 && Interlocked.Decrement(ref _commitsLeft) == 0)
        {
            _cut.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }
}
