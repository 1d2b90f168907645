using FineTune.Activities;
using FineTune.Catalogue;
using FineTune.Core.Tests.Fakes;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Core.Tests.Activities;

/// <summary>The last word on a run is said once; models and aliases follow from it.</summary>
public sealed class RecordOutcomeTests
{
    private readonly ManualClock _clock = new();
    private readonly InMemoryLedger _ledger = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_WritesTheRowTheModelAndTheAlias()
    {
        await AddRunAsync("run-1");

        await RecordAsync("run-1", Success("ft:one"));

        RunRow row = (await _ledger.FindRunAsync("run-1", Token))!;
        Assert.Equal((RunStatus.Succeeded, "ft:one", "ftjob-1", 5830L), (row.Status, row.ModelId, row.JobId, row.TrainedTokens));
        ModelRow model = Assert.Single(await ModelsAsync());
        Assert.Equal(("ft:one", "run-1", "ftjob-1", "support.jsonl"), (model.ModelId, model.RunId, model.JobId, model.Dataset));
        Assert.Equal("ft:one", await AliasAsync());
    }

    [Theory]
    [InlineData("gpt-4.1-mini-2025-04-14", 5830L, 0.02915)] // at $5 a million
    [InlineData("gpt-4.1-mini", 5830L, 0.02915)]
    [InlineData("gpt-4.1-mini-2025-04-14", null, null)]
    [InlineData("somebody-elses-model", 5830L, null)]
    public async Task RunAsync_WritesWhatTheTrainedTokensCost_WhereTheirPriceIsKnown(string baseModel, long? tokens, double? cost)
    {
        await AddRunAsync("run-1", row => row with { Spec = row.Spec with { Model = baseModel } });

        await RecordAsync("run-1", Success("ft:one") with { TrainedTokens = tokens });

        Assert.Equal((decimal?)cost, (await _ledger.FindRunAsync("run-1", Token))!.Cost);
    }

    [Fact]
    public async Task RunAsync_NeverChangesATerminalRow()
    {
        await AddRunAsync("run-1");
        await RecordAsync("run-1", Success("ft:one"));
        RunRow before = (await _ledger.FindRunAsync("run-1", Token))!;
        _clock.Advance(TimeSpan.FromHours(1));

        await RecordAsync("run-1", new FineTuneOutcome(RunStatus.Failed, "Too late."));
        await RecordAsync("run-1", Success("ft:two"));

        Assert.Equal(before, await _ledger.FindRunAsync("run-1", Token));
        Assert.Equal(["ft:one"], (await ModelsAsync()).Select(model => model.ModelId));
    }

    /// <summary>Or, with its journal lost, nobody would ever write the model: a sweep leaves runs alone that are over.</summary>
    [Fact]
    public async Task RunAsync_LeavesTheRunUnderWay_UntilItsModelIsWritten()
    {
        await AddRunAsync("run-1");
        _ledger.BeforeModelWrite = _ => throw new IOException("The process dies here.");
        await Assert.ThrowsAsync<IOException>(() => RecordAsync("run-1", Success("ft:one")));
        Assert.Equal(RunStatus.Running, (await _ledger.FindRunAsync("run-1", Token))!.Status);
        _ledger.BeforeModelWrite = null;

        await RecordAsync("run-1", Success("ft:one"));

        Assert.Equal("ft:one", await AliasAsync());
        Assert.Single(await ModelsAsync());
    }

    [Fact]
    public async Task RunAsync_MovesTheAlias_WhenItDiedAfterTheRow()
    {
        await AddRunAsync("run-1");
        _ledger.BeforeAliasWrite = _ => throw new IOException("The process dies here.");
        await Assert.ThrowsAsync<IOException>(() => RecordAsync("run-1", Success("ft:one")));
        RunRow row = (await _ledger.FindRunAsync("run-1", Token))!;
        _ledger.BeforeAliasWrite = null;
        _clock.Advance(TimeSpan.FromMinutes(1));

        await RecordAsync("run-1", Success("ft:one"));

        Assert.Equal("ft:one", await AliasAsync());
        Assert.Equal(row.UpdatedAt, Assert.Single(await ModelsAsync()).CreatedAt);
    }

    [Fact]
    public async Task RunAsync_NeverMovesAnAliasBack()
    {
        await AddRunAsync("run-1");
        await AddRunAsync("run-2");
        await RecordAsync("run-1", Success("ft:old"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await RecordAsync("run-2", Success("ft:new"));

        await RecordAsync("run-1", Success("ft:old"));

        Assert.Equal("ft:new", await AliasAsync());
    }

    [Fact]
    public async Task RunAsync_WritesDownEachMoveOfTheAliasOnce()
    {
        await AddRunAsync("run-1");
        await AddRunAsync("run-2");
        await RecordAsync("run-1", Success("ft:old"));
        await RecordAsync("run-2", Success("ft:new"));

        await RecordAsync("run-2", Success("ft:new"));

        Assert.Equal(
            [("run run-1", null, "ft:old"), ("run run-2", "ft:old", "ft:new")],
            (await _ledger.FindAliasAsync("support-bot", Token))!.History.Select(change => (change.By, change.From, change.To)));
    }

    [Fact]
    public async Task RunAsync_LeavesTheAliasAlone_WhilePersonsChoiceHolds()
    {
        await AddRunAsync("run-1");
        await AddRunAsync("run-2");
        await RecordAsync("run-1", Success("ft:old"));
        ModelRow old = (await ModelsAsync()).Single();
        await _ledger.ChangeAliasAsync("support-bot", row => AliasRow.PointedAt(row, "support-bot", old, "ann", held: true, _clock.GetUtcNow()), Token);
        _clock.Advance(TimeSpan.FromMinutes(1));

        await RecordAsync("run-2", Success("ft:new"));

        Assert.Equal("ft:old", await AliasAsync());
        Assert.Equal("ft:new", (await ModelsAsync())[0].ModelId);
    }

    [Fact]
    public async Task RunAsync_SeesThatThePersonWasFaster_WhenBothMoveTheAliasAtOnce()
    {
        await AddRunAsync("run-1");
        await AddRunAsync("run-2");
        await RecordAsync("run-1", Success("ft:old"));
        ModelRow old = (await ModelsAsync()).Single();
        _ledger.BeforeAliasWrite = _ =>
        {
            _ledger.BeforeAliasWrite = null;
            _ledger.ChangeAliasAsync("support-bot", row => AliasRow.PointedAt(row, "support-bot", old, "ann", held: true, _clock.GetUtcNow()), Token)
                .GetAwaiter().GetResult();
        };

        await RecordAsync("run-2", Success("ft:new"));

        Assert.Equal("ft:old", await AliasAsync());
    }

    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Duplicate)]
    public async Task RunAsync_RecordsNoModel_WhenTheRunMadeNone(RunStatus status)
    {
        await AddRunAsync("run-1");

        await RecordAsync("run-1", Success("ft:of-another-run") with { Status = status, ErrorCode = "code", ErrorParam = "param" });

        RunRow row = (await _ledger.FindRunAsync("run-1", Token))!;
        Assert.Equal((status, "code", "param"), (row.Status, row.ErrorCode, row.ErrorParam));
        Assert.Empty(await ModelsAsync());
    }

    [Fact]
    public async Task RunAsync_KeepsTheJobsId_WhenTheOutcomeDoesNotKnowIt()
    {
        await AddRunAsync("run-1", row => row with { JobId = "ftjob-known" });

        await RecordAsync("run-1", new FineTuneOutcome(RunStatus.NeedsAttention, "Look."));

        Assert.Equal("ftjob-known", (await _ledger.FindRunAsync("run-1", Token))!.JobId);
    }

    [Fact]
    public async Task RunAsync_AppliesItselfToWhatAnotherWrote_WhenSomebodyWasFaster()
    {
        await AddRunAsync("run-1");
        _ledger.BeforeRunWrite = _ =>
        {
            _ledger.BeforeRunWrite = null;
            _ledger.ChangeRunAsync("run-1", row => row with { CancelRequested = true }, Token).GetAwaiter().GetResult();
        };

        await RecordAsync("run-1", Success("ft:one"));

        RunRow row = (await _ledger.FindRunAsync("run-1", Token))!;
        Assert.Equal((RunStatus.Succeeded, true), (row.Status, row.CancelRequested));
    }

    private static FineTuneOutcome Success(string model)
        => new(RunStatus.Succeeded, $"Model {model} is ready.") { ModelId = model, JobId = "ftjob-1", TrainedTokens = 5830 };

    private Task<Done> RecordAsync(string run, FineTuneOutcome outcome)
        => new RecordOutcome(_ledger, ModelCatalogue.BuiltIn, _clock, NullLogger<RecordOutcome>.Instance).RunAsync(new RecordInput(run, outcome), Token);

    private async Task<string?> AliasAsync() => (await _ledger.FindAliasAsync("support-bot", Token))?.ModelId;

    private ValueTask<List<ModelRow>> ModelsAsync() => _ledger.ListModelsAsync(Token).ToListAsync(Token);

    private Task<bool> AddRunAsync(string id, Func<RunRow, RunRow>? change = null)
    {
        RunRow row = new()
        {
            RunId = id,
            Dataset = new DatasetVersion("support.jsonl", "v1", 1),
            Spec = new FineTuneSpec { Model = "gpt-4.1-mini-2025-04-14", Alias = "support-bot" },
            CreatedAt = _clock.GetUtcNow(),
        };
        return _ledger.TryAddRunAsync(change is null ? row : change(row), Token);
    }
}
