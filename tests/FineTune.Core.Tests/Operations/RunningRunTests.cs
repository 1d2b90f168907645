using System.Text.Json;
using FineTune.Datasets.Reports;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Operations;

/// <summary>What a person can ask of a run that is there: cancel, look, list.</summary>
public sealed class RunningRunTests : OperationTest
{
    [Fact]
    public async Task CancelRun_MarksTheRowAndWakesWhoeverIsAsleep()
    {
        string run = await HaveRunAsync();

        RunView view = await new CancelRun(Ledger, Workflows).RunAsync(run, "ann", Token);

        Assert.True(view.CancelRequested);
        Assert.True((await Ledger.FindRunAsync(run, Token))!.CancelRequested);
        AssertWoken(run, new RunSignal(RunSignalKind.Cancel, "ann"));
    }

    [Fact]
    public async Task CancelRun_WakesAgain_WhenAskedTwice()
    {
        string run = await HaveRunAsync();

        await new CancelRun(Ledger, Workflows).RunAsync(run, "ann", Token);
        await new CancelRun(Ledger, Workflows).RunAsync(run, "ann", Token);

        Assert.Equal(8, Workflows.Raised.Count);
    }

    [Fact]
    public async Task CancelRun_ChangesNothing_WhenTheRunIsOver()
    {
        string run = await HaveRunAsync(row => row with { Status = RunStatus.Succeeded });

        RunView view = await new CancelRun(Ledger, Workflows).RunAsync(run, "ann", Token);

        Assert.Equal((RunStatus.Succeeded, false), (view.Status, view.CancelRequested));
        Assert.Empty(Workflows.Raised);
    }

    [Fact]
    public async Task GetRun_ShowsTheFollowersProgress_WhileTheJobTrains()
    {
        string run = await HaveRunAsync();
        Stand(run, FineTuneStep.Training, "created");
        RunView before = await GetAsync(run);
        Stand($"{run}-job", FineTuneStep.Training, "running");

        Assert.Equal("created", before.Progress!.Detail);
        Assert.Equal("running", (await GetAsync(run)).Progress!.Detail);
    }

    [Theory]
    [InlineData(FineTuneStep.AwaitingApproval, "approval")]
    [InlineData(FineTuneStep.CreatingJob, "create")]
    public async Task GetRun_ShowsTheProgressOfTheWait_WhileTheRunWaits(FineTuneStep step, string wait)
    {
        string run = await HaveRunAsync();
        Stand(run, step, "waits");
        Stand($"{run}-{wait}", step, "Number 2 in line");

        Assert.Equal("Number 2 in line", (await GetAsync(run)).Progress!.Detail);
    }

    [Fact]
    public async Task GetRun_ShowsNoProgress_WhenTheRunIsOver()
    {
        string run = await HaveRunAsync(row => row with { Status = RunStatus.Failed, Detail = "because" });
        Stand(run, FineTuneStep.Done);

        RunView view = await GetAsync(run);

        Assert.Equal((null, "because"), (view.Progress, view.Detail));
    }

    [Fact]
    public async Task GetRun_TellsWhyAnInstanceIsParked()
    {
        string run = await HaveRunAsync();
        Workflows.States[run] = new WorkflowState(run, WorkflowStatus.Parked, Progress: null, "Its history does not fit.");

        Assert.Equal("Its history does not fit.", (await GetAsync(run)).Detail);
    }

    [Fact]
    public async Task Operations_SayThatThereIsNoSuchRun()
    {
        await Assert.ThrowsAsync<RunNotFoundException>(() => GetAsync("nobody"));
        await Assert.ThrowsAsync<RunNotFoundException>(() => new CancelRun(Ledger, Workflows).RunAsync("nobody", "ann", Token));
        await Assert.ThrowsAsync<RunNotFoundException>(() => new DecideRun(Ledger, Workflows, Clock).RunAsync("nobody", new Decision(true, "ann"), Token));
        await Assert.ThrowsAsync<RunNotFoundException>(() => new ListEvents(Ledger).RunAsync("nobody", Token));
        await Assert.ThrowsAsync<RunNotFoundException>(() => new ReadReport(Ledger, Store).FindAsync("nobody", Token));
    }

    [Fact]
    public async Task ListRuns_ShowsTheNewestFirst_ByStatusAndUpToALimit()
    {
        string first = await HaveRunAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        string second = await HaveRunAsync(row => row with { Status = RunStatus.Failed });
        Clock.Advance(TimeSpan.FromSeconds(1));
        string third = await HaveRunAsync();

        Assert.Equal([third, second, first], await ListAsync(status: null, limit: 10));
        Assert.Equal([third, second], await ListAsync(status: null, limit: 2));
        Assert.Equal([second], await ListAsync(RunStatus.Failed, limit: 1));
        Assert.Empty(await ListAsync(RunStatus.Invalid, limit: 10));
    }

    [Fact]
    public async Task ListModels_TellsWhichModelAnAliasMeans()
    {
        await PutModelAsync("ft:old", "bot");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await PutModelAsync("ft:new", "bot");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await PutModelAsync("ft:plain", alias: null);

        IReadOnlyList<ModelView> models = await new ListModels(Ledger, Shutdown).RunAsync(Token);

        Assert.Equal([("ft:plain", false), ("ft:new", true), ("ft:old", false)], models.Select(model => (model.ModelId, model.IsCurrent)));
    }

    [Fact]
    public async Task ReadReport_IsNothing_UntilTheDatasetIsInspected()
    {
        string run = await HaveRunAsync();
        ReadReport report = new(Ledger, Store);

        Assert.Null(await report.FindAsync(run, Token));
        Assert.Null(await report.RunAsync(run, "text/html", Token));
        Assert.Null(await report.RunAsync(run, "*/*", Token));
    }

    [Theory]
    [InlineData(null, "application/json", "{")]
    [InlineData("*/*", "application/json", "{")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8", "<!DOCTYPE html>")]
    public async Task ReadReport_GivesAPageToBrowsers_AndJsonToEverybodyElse(string? accept, string mediaType, string beginning)
    {
        string run = await HaveRunAsync();
        var inspected = await Datasets.Inspection.OfAsync(Datasets.Inspection.GoodLines(12));
        Store.PutBeside(
            (await Ledger.FindRunAsync(run, Token))!.Dataset.Name, $".{run}.report.json",
            JsonSerializer.Serialize(inspected, ReportJsonContext.Default.DatasetReport));

        RunReport report = (await new ReadReport(Ledger, Store).RunAsync(run, accept, Token))!;

        using StreamReader reader = new(report.Content);
        Assert.Equal(mediaType, report.MediaType);
        Assert.StartsWith(beginning, await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
        Assert.Equal(12, (await new ReadReport(Ledger, Store).FindAsync(run, Token))!.Examples);
    }

    private Task<RunView> GetAsync(string run) => new GetRun(Ledger, Workflows).RunAsync(run, Token);

    private async Task<string[]> ListAsync(RunStatus? status, int limit)
        => [.. (await new ListRuns(Ledger).RunAsync(status, limit, Token)).Select(run => run.RunId)];

    private async Task PutModelAsync(string id, string? alias)
    {
        ModelRow model = new()
        {
            ModelId = id,
            RunId = "run-1",
            JobId = "ftjob-1",
            BaseModel = "m",
            Dataset = "d",
            CreatedAt = Clock.GetUtcNow(),
            Alias = alias,
        };
        await Ledger.PutModelAsync(model, Token);
        if (alias is not null)
        {
            await Ledger.ChangeAliasAsync(alias, row => AliasRow.PointedAt(row, alias, model, "run run-1", held: false, Clock.GetUtcNow()), Token);
        }
    }
}
