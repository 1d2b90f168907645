using FineTune.Operations;
using FineTune.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Core.Tests.Operations;

/// <summary>Which model an alias means: moved by runs, chosen by people, told apart for ever.</summary>
public sealed class ModelRegistryTests : OperationTest
{
    private const string Alias = "support-bot";

    [Fact]
    public async Task Promote_PointsTheAliasAtTheChosenModel_AndHoldsItThere()
    {
        await HaveModelsAsync("ft:one", "ft:two");

        AliasView alias = await PromoteAsync("ft:one");

        Assert.Equal(("ft:one", true), (alias.ModelId, alias.Held));
        Assert.Equal(("ann", "ft:two", "ft:one", true), Of(alias.History[0]));
        Assert.Equal(alias.ModelId, (await ReadAsync())!.ModelId);
    }

    [Fact]
    public async Task Promote_TakesTheRunsId_ForTheModelItMade()
    {
        await HaveModelsAsync("ft:one", "ft:two");

        Assert.Equal("ft:one", (await PromoteAsync("run of ft:one")).ModelId);
    }

    [Fact]
    public async Task Promote_GivesTheAliasBackToTheRuns_WhenNoModelIsNamed()
    {
        await HaveModelsAsync("ft:one", "ft:two");
        await PromoteAsync("ft:one");

        AliasView alias = await PromoteAsync(model: null);

        Assert.Equal(("ft:two", false), (alias.ModelId, alias.Held));
    }

    [Fact]
    public async Task Promote_WritesNothingDown_WhenNothingChanges()
    {
        await HaveModelsAsync("ft:one");
        await PromoteAsync("ft:one");

        AliasView again = await PromoteAsync("ft:one");

        Assert.Equal(2, again.History.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    public async Task Promote_RefusesAnAliasNobodyCouldAskFor(string alias)
    {
        await HaveModelsAsync("ft:one");

        await Assert.ThrowsAsync<InvalidRequestException>(() => PromoteAsync("ft:one", alias));
    }

    [Fact]
    public async Task Promote_SaysWhatToName_WhenThereIsNoSuchModel()
    {
        await HaveModelsAsync("ft:one");

        var refusal = await Assert.ThrowsAsync<InvalidRequestException>(() => PromoteAsync("ft:unheard-of"));

        Assert.StartsWith("No run has left a model 'ft:unheard-of'.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("ft:one", (await ReadAsync())!.ModelId);
    }

    [Fact]
    public async Task RollBack_GoesBackOneModelEachTime_AndHolds()
    {
        await HaveModelsAsync("ft:one", "ft:two", "ft:three");

        AliasView first = await RollBackAsync();
        AliasView second = await RollBackAsync();

        Assert.Equal(("ft:two", true), (first.ModelId, first.Held));
        Assert.Equal("ft:one", second.ModelId);
        Assert.Equal(["ft:one", "ft:two", "ft:three", "ft:two", "ft:one"], second.History.Reverse().Select(change => change.To));
    }

    [Fact]
    public async Task RollBack_SaysSo_WhenThereIsNothingToGoBackTo()
    {
        await HaveModelsAsync("ft:one");

        var refusal = await Assert.ThrowsAsync<InvalidRequestException>(RollBackAsync);

        Assert.Equal("'support-bot' has meant nothing before ft:one. Promote a model by its name.", refusal.Message);
    }

    [Fact]
    public async Task RollBack_SaysSo_WhenThereIsNoSuchAlias()
        => Assert.StartsWith(
            "There is no alias 'support-bot'.", (await Assert.ThrowsAsync<InvalidRequestException>(RollBackAsync)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task RollBack_StartsFromWhatTheAliasMeansByThen_WhenSomebodyWasFaster()
    {
        await HaveModelsAsync("ft:one", "ft:two");
        Ledger.BeforeAliasWrite = _ =>
        {
            Ledger.BeforeAliasWrite = null;
            HaveModelsAsync("ft:three").GetAwaiter().GetResult();
        };

        AliasView alias = await RollBackAsync();

        Assert.Equal(["ft:one", "ft:two", "ft:three", "ft:two"], alias.History.Reverse().Select(change => change.To));
    }

    [Fact]
    public async Task History_KeepsTheNewestChanges_WhenThereAreVeryMany()
    {
        await HaveModelsAsync("ft:one", "ft:two");
        for (int i = 0; i < AliasRow.HistoryAtMost; i++)
        {
            await PromoteAsync(i % 2 == 0 ? "ft:one" : "ft:two");
        }

        AliasView alias = (await ReadAsync())!;
        Assert.Equal(AliasRow.HistoryAtMost, alias.History.Count);
        Assert.Equal(("ann", "ft:one", "ft:two", true), Of(alias.History[0]));
    }

    [Fact]
    public async Task Lineage_TellsEveryAliasThatTheModelHasHad_InTheOrderOfTime()
    {
        await HaveModelsAsync("ft:one");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await new PromoteModel(Ledger, Clock, NullLogger<PromoteModel>.Instance).RunAsync("a-second-one", new Promotion("ft:one", "ann"), Token);

        Lineage lineage = await new ReadLineage(Ledger).RunAsync("ft:one", Token);

        Assert.Equal([(Alias, "run run of ft:one"), ("a-second-one", "ann")], lineage.Aliases.Select(alias => (alias.Alias, alias.Change.By)));
    }

    [Fact]
    public async Task List_MarksTheModelThatAPersonChose()
    {
        await HaveModelsAsync("ft:one", "ft:two");
        await PromoteAsync("ft:one");

        IReadOnlyList<ModelView> models = await ListAsync();

        Assert.Equal([("ft:two", false, false), ("ft:one", true, true)], models.Select(model => (model.ModelId, model.IsCurrent, model.IsHeld)));
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/", null, "2027-01-14", true)] // the catalogue's day
    [InlineData("https://api.openai.com/v1/", "2026-12-24", "2026-12-24", true)] // the provider's own word is sooner
    [InlineData("https://x.openai.azure.com/openai/v1/", null, "2027-10-14", false)]
    [InlineData("http://127.0.0.1:1/v1/", null, null, false)] // no dates are known for it
    [InlineData("http://127.0.0.1:1/v1/", "2026-11-20", "2026-11-20", true)] // over already
    public async Task List_TellsTheShutdown_AndWarnsAheadOfIt(string endpoint, string? told, string? expected, bool warns)
    {
        Provider.Endpoint = new Uri(endpoint);
        await HaveModelsAsync("ft:one");
        ModelRow row = await Ledger.ListModelsAsync(Token).SingleAsync(Token);
        await Ledger.PutModelAsync(row with { ShutdownDate = Day(told) }, Token);

        ModelView model = (await ListAsync())[0];

        Assert.Equal((Day(expected), warns), (model.ShutdownDate, model.Warning is not null));
    }

    [Fact]
    public async Task Warning_CountsTheDays()
    {
        await HaveModelsAsync("ft:one");
        Clock.Advance(new DateTimeOffset(2027, 1, 10, 0, 0, 0, TimeSpan.Zero) - Clock.GetUtcNow());

        Assert.Equal(
            "gpt-4.1-mini-2025-04-14 shuts down on 2027-01-14, in 4 days, and this model with it. Train a successor on another base model.",
            (await ListAsync())[0].Warning);
    }

    private static (string By, string? From, string To, bool Held) Of(AliasChange change) => (change.By, change.From, change.To, change.Held);

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private Task<AliasView> PromoteAsync(string? model, string alias = Alias)
        => new PromoteModel(Ledger, Clock, NullLogger<PromoteModel>.Instance).RunAsync(alias, new Promotion(model, "ann"), Token);

    private Task<AliasView> RollBackAsync()
        => new RollBackAlias(Ledger, Clock, NullLogger<RollBackAlias>.Instance).RunAsync(Alias, new RollBack("ann"), Token);

    private Task<AliasView?> ReadAsync() => new ReadAlias(Ledger).RunAsync(Alias, Token);

    private Task<IReadOnlyList<ModelView>> ListAsync() => new ListModels(Ledger, Shutdown).RunAsync(Token);

    /// <summary>Made by runs one after the other, each of which moved the alias.</summary>
    private async Task HaveModelsAsync(params string[] ids)
    {
        foreach (string id in ids)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            ModelRow model = new()
            {
                ModelId = id,
                RunId = $"run of {id}",
                JobId = "ftjob-1",
                BaseModel = "gpt-4.1-mini-2025-04-14",
                Dataset = "support.jsonl",
                CreatedAt = Clock.GetUtcNow(),
                Alias = Alias,
            };
            await Ledger.PutModelAsync(model, Token);
            await Ledger.ChangeAliasAsync(Alias, row => AliasRow.PointedAt(row, Alias, model, $"run {model.RunId}", held: false, Clock.GetUtcNow()), Token);
        }
    }
}
