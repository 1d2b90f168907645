using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FineTune.Local.Engine;
using FineTune.Local.Engine.Journaling;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Local.Tests.Engine;

/// <summary>An engine on a fresh folder and a manual clock, which can be stopped, killed and started again.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    public const string Id = "i-1";

    private static readonly JsonSerializerOptions Json = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly Dictionary<string, Func<IWorkflowContext, Word, Task<Word>>> _workflows = [];
    private readonly ServiceProvider _services;
    private WorkflowEngine? _engine;

    public TestEngine()
    {
        _services = new ServiceCollection()
            .AddSingleton(Script).AddTransient<Fetch>().AddTransient<Refine>().AddTransient<Store>().BuildServiceProvider();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("engine-").FullName;

    public ManualClock Clock { get; } = new();

    public Script Script { get; } = new();

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public Func<SqliteConnection, CancellationToken, Task>? BeforeCommit { get; set; }

    public int MaxActivities { get; init; } = 32;

    public WorkflowEngine Engine => _engine ?? throw new InvalidOperationException("Start it first.");

    public LocalWorkflowClient Client => new(Engine);

    public JournalReader Journal => new(Folder);

    /// <summary>Sets the code that the next start runs under this name.</summary>
    public TestEngine With(string workflow, Func<IWorkflowContext, Word, Task<Word>> code)
    {
        _workflows[workflow] = code;
        return this;
    }

    /// <summary>The next start does not know this workflow.</summary>
    public TestEngine Without(string workflow)
    {
        _workflows.Remove(workflow);
        return this;
    }

    public async Task<TestEngine> StartAsync()
    {
        _engine = CreateEngine();
        await _engine.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    public WorkflowEngine CreateEngine()
    {
        var registry = new WorkflowRegistry()
            .AddActivity<Fetch, Word, Word>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<Refine, Word, Word>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<Store, Word, Word>((activity, input, ct) => activity.RunAsync(input, ct));
        foreach (var (name, code) in _workflows)
        {
            registry.AddWorkflow(name, code);
        }

        var options = new EngineOptions { Folder = Folder, Json = Json, BeforeCommit = BeforeCommit, MaxActivities = MaxActivities };
        return new WorkflowEngine(registry, options, _services.GetRequiredService<IServiceScopeFactory>(), Clock, Loggers);
    }

    public Task StopAsync() => Engine.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Stops without writing anything more.</summary>
    public Task KillAsync() => Engine.StopAsync(new CancellationToken(canceled: true));

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public Task<bool> LaunchAsync(string workflow = "Main", string id = Id, string input = "a")
        => Client.StartAsync(workflow, id, new Word(input), TestContext.Current.CancellationToken);

    public Task RaiseAsync(string name, string payload)
        => Client.RaiseEventAsync(Id, name, new Word(payload), TestContext.Current.CancellationToken);

    public Task IdleAsync() => Engine.WhenIdle.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>For what happens while something else is still under way.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Lets time pass in steps, each after all work is done, until the instance is not running any more.</summary>
    public async Task<WorkflowState> RunOutAsync(string id = Id, TimeSpan? step = null, int steps = 1000)
    {
        for (int i = 0; i < steps; i++)
        {
            await IdleAsync();
            if (State(id) is { Status: not WorkflowStatus.Running } ended)
            {
                return ended;
            }

            Clock.Advance(step ?? TimeSpan.FromMinutes(1));
        }

        throw new TimeoutException($"'{id}' still runs after {steps} steps.");
    }

    public WorkflowState State(string id = Id) => Journal.Find(id)!.ToState();

    public string? Output(string id = Id)
        => Journal.Find(id)!.Output is { } json ? JsonSerializer.Deserialize<Word>(json)!.Text : null;

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.StopAsync(new CancellationToken(canceled: true));
        }

        await _services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
