using FineTune.Local.Engine.Journaling;
using FineTune.Ports;

namespace FineTune.Local.Tests.Engine;

/// <summary>From the moment the first activity has returned, nothing fits on the disk until the test makes room.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private readonly RecordingLoggerFactory _log = new();
    private readonly TestEngine _engine;
    private volatile bool _isFull;

    public FullDiskTests()
    {
        _engine = new TestEngine { Loggers = _log }.With("Main", Workflows.ThreeStepsAsync);
        _engine.Script.Behaviour = (activity, _, attempt, _) =>
        {
            _isFull = activity == nameof(Fetch) && attempt == 1;
            return Task.FromResult(activity == nameof(Fetch) ? new string('f', 100_000) : activity);
        };
        _engine.BeforeCommit = (connection, _) =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count = {(_isFull ? 1 : 1_000_000)}";
            command.ExecuteNonQuery();
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task Run_WaitsAndLosesNothing_WhileDiskIsFull()
    {
        await RunIntoFullDiskAsync();

        _isFull = false;
        await TestEngine.UntilAsync(() =>
        {
            _engine.Clock.Advance(TimeSpan.FromSeconds(1));
            return _engine.State().Status == WorkflowStatus.Completed;
        });

        Assert.Equal("Store", _engine.Output());
        Assert.Equal(3, _engine.Script.Calls.Count);
        Assert.Contains(_log.Lines(), line => line.Contains("can be written again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_SaysWhatIsWrong_WhileDiskIsFull()
    {
        await RunIntoFullDiskAsync();

        var launch = _engine.LaunchAsync(id: "late", input: new string('x', 100_000));
        await TestEngine.UntilAsync(() =>
        {
            _engine.Clock.Advance(TimeSpan.FromSeconds(1));
            return launch.IsCompleted;
        });

        var refusal = await Assert.ThrowsAsync<JournalUnusableException>(() => launch);
        Assert.Contains("full", refusal.Message, StringComparison.Ordinal);
        Assert.Null(_engine.Journal.Find("late"));
    }

    [Fact]
    public async Task Restart_RunsAgain_WhatDiskWasTooFullToKeep()
    {
        await RunIntoFullDiskAsync();
        await _engine.KillAsync();

        _isFull = false;
        await _engine.StartAsync();
        await _engine.IdleAsync();

        Assert.Equal(WorkflowStatus.Completed, _engine.State().Status);
        Assert.Equal(2, _engine.Script.Calls.Count(call => call == "Fetch(a)"));
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _log.Dispose();
    }

    private async Task RunIntoFullDiskAsync()
    {
        await _engine.StartAsync();
        await _engine.LaunchAsync();
        await TestEngine.UntilAsync(() => _log.Lines().Any(line => line.Contains("cannot be written", StringComparison.Ordinal)));
    }
}
