using FineTune.Activities;
using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Sweeping;

/// <summary>Missed datasets, files nobody needs, runs nobody wants to keep, and models that end.</summary>
public sealed class SweepPartsTests : SweepTest
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(2) + TimeSpan.FromHours(1);

    [Fact]
    public async Task StartMissed_StartsADatasetOnce_WhenItHasLainThereForLong()
    {
        DatasetVersion dataset = Store.Drop("lamps.jsonl", Chat(), Clock.GetUtcNow());

        Assert.Empty(await StartMissedAsync());
        Clock.Advance(Options.StartMissedAfter);

        Assert.Equal([FineTune.RunId.For(dataset)], await StartMissedAsync());
        Stand(FineTune.RunId.For(dataset), WorkflowStatus.Running);
        Assert.Empty(await StartMissedAsync());
    }

    [Fact]
    public async Task StartMissed_LeavesADatasetAlone_ThatAPersonStartedUnderAnotherId()
    {
        Store.Drop("support.jsonl", Chat(), Clock.GetUtcNow());
        await AddRunAsync(row => row with { Status = RunStatus.Rejected }, "my-own-id");
        Clock.Advance(Options.StartMissedAfter);

        Assert.Empty(await StartMissedAsync());
    }

    [Fact]
    public async Task StartMissed_LeavesADatasetAlone_WhoseRunMayHaveBeenForgotten()
    {
        Options.Retention = TimeSpan.FromDays(30);
        Store.Drop("lamps.jsonl", Chat(), Clock.GetUtcNow());
        Clock.Advance(TimeSpan.FromDays(31));

        Assert.Empty(await StartMissedAsync());
    }

    [Fact]
    public async Task StartMissed_StartsTheWorkflowAgain_WhenARunHasLostIt()
    {
        await AddRunAsync();

        Assert.Empty(await StartMissedAsync()); // whoever adds a row starts its workflow a moment later
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));

        Assert.Equal([RunId], await StartMissedAsync());
        Assert.Null(InputOf(RunId).JobId);
    }

    [Theory]
    [InlineData(WorkflowStatus.Completed, RunStatus.NeedsAttention)]
    [InlineData(WorkflowStatus.Failed, RunStatus.NeedsAttention)]
    [InlineData(WorkflowStatus.Parked, RunStatus.Running)]
    [InlineData(WorkflowStatus.Running, RunStatus.Running)]
    public async Task StartMissed_ClosesARun_WhoseWorkflowIsOverWithoutAWord(WorkflowStatus workflow, RunStatus expected)
    {
        await AddRunAsync();
        Stand(RunId, workflow);
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));

        Assert.Empty(await StartMissedAsync());

        Assert.Equal(expected, Row.Status);
    }

    [Theory]
    [InlineData("the build before", 1)]
    [InlineData("this build", 0)] // it would only disagree again
    [InlineData(null, 0)] // the engine asks by itself whenever it starts
    public async Task StartMissed_WakesEachWorkflowOfARun_ThatAnotherBuildParked(string? by, int expected)
    {
        await AddRunAsync();
        Stand(RunId, WorkflowStatus.Running);
        string follower = FollowJobWorkflow.IdFor(RunId);
        FineTuneProgress parked = new(FineTuneStep.Training, "Parked") { Parked = "Other steps.", ParkedBy = by is "this build" ? WorkflowBuild.Id : by };
        Workflows.States[follower] = new WorkflowState(follower, WorkflowStatus.Parked, parked, parked.Parked);
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));

        await StartMissedAsync();

        Assert.Equal(expected, Workflows.Raised.Count);
        Assert.All(Workflows.Raised, raised => Assert.Equal((follower, RunSignal.EventName), (raised.InstanceId, raised.Name)));
    }

    [Theory]
    [InlineData(null, "Its workflow broke off (out of memory). Start the dataset again.")]
    [InlineData("ftjob-gone", "Its workflow broke off (out of memory). Nor does the provider list its job ftjob-gone: look for it there.")]
    public async Task StartMissed_SaysWhyItClosedARun_AndWhereToLook(string? job, string expected)
    {
        await AddRunAsync(row => row with { JobId = job });
        Workflows.States[RunId] = new WorkflowState(RunId, WorkflowStatus.Failed, Progress: null, "out of memory");
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));

        await StartMissedAsync();

        Assert.Equal((RunStatus.NeedsAttention, expected), (Row.Status, Row.Detail));
    }

    [Fact]
    public async Task StartMissed_LeavesARunAsItEnded_WhenThatWasJustNow()
    {
        await AddRunAsync();
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));
        Workflows.BeforeLook = () =>
        {
            Ledger.ChangeRunningAsync(RunId, row => row with { Status = RunStatus.Succeeded, Detail = "Ready." }, Token).GetAwaiter().GetResult();
            Stand(RunId, WorkflowStatus.Completed);
        };

        await StartMissedAsync();

        Assert.Equal((RunStatus.Succeeded, "Ready."), (Row.Status, Row.Detail));
    }

    [Fact]
    public async Task StartMissed_GoesOn_WhenADatasetCannotBeStarted()
    {
        Store.Drop("bad.jsonl", Chat(), Clock.GetUtcNow());
        Store.PutBeside("bad.jsonl", DatasetNames.SpecSuffix, "{");
        DatasetVersion good = Store.Drop("good.jsonl", Chat(), Clock.GetUtcNow());
        Clock.Advance(Options.StartMissedAfter);

        Assert.Equal([FineTune.RunId.For(good)], await StartMissedAsync());
    }

    [Fact]
    public async Task CancelDuplicates_CancelsTheOneThatNoRunIsAbout()
    {
        string older = await HaveOurJobAsync();
        await RecoverAsync();
        string newer = await HaveOurJobAsync();

        Assert.Equal([newer], await CancelDuplicatesAsync());

        Assert.Equal("cancelled", (await GetAsync($"fine_tuning/jobs/{newer}")).GetProperty("status").GetString());
        Assert.NotEqual("cancelled", (await GetAsync($"fine_tuning/jobs/{older}")).GetProperty("status").GetString());
        Assert.Empty(await CancelDuplicatesAsync());
    }

    [Fact]
    public async Task CancelDuplicates_CancelsNothing_WhileNobodyKnowsWhichJobIsTheRuns()
    {
        await HaveOurJobAsync();
        await HaveOurJobAsync();
        await HaveOurJobAsync(installation: "production");

        Assert.Empty(await CancelDuplicatesAsync());
    }

    [Fact]
    public async Task DeleteOrphans_DeletesWhatALostCallKept_OnceNoJobCanNeedIt()
    {
        string file = await HaveFileAsync();
        await AddRunAsync(row => row with { Status = RunStatus.NeedsAttention });
        await Ledger.TryAddClaimAsync(new SpendingClaim { Key = Key, RunId = RunId, OpenIntentAt = Clock.GetUtcNow() }, Token);

        Assert.Empty(await DeleteOrphansAsync());
        Clock.Advance(LongestWait + TimeSpan.FromMinutes(1));

        Assert.Equal([file], await DeleteOrphansAsync());
        DeletedFile proof = Assert.Single(Row.DeletedFiles!);
        Assert.Equal((file, Clock.GetUtcNow()), (proof.FileId, proof.At));
        Assert.Contains("\"deleted\":true", proof.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteOrphans_DeletesWhatAnOverdueJobKept_OnceTheJobIsOver()
    {
        string file = await HaveFileAsync();
        string job = await HaveJobAsync(file);
        await AddRunAsync(row => row with { Status = RunStatus.TimedOut, JobId = job });
        await Ledger.TryAddClaimAsync(new SpendingClaim { Key = Key, RunId = RunId, JobId = job }, Token);

        Assert.Empty(await DeleteOrphansAsync());
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal([file], await DeleteOrphansAsync());
        Assert.Equal(file, Assert.Single(Row.DeletedFiles!).FileId);
    }

    [Fact]
    public async Task DeleteOrphans_DeletesAtOnce_WhenTheRunIsKnownToBeOver()
    {
        string file = await HaveFileAsync();
        await AddRunAsync(row => row with { Status = RunStatus.Cancelled });
        await Ledger.TryAddClaimAsync(new SpendingClaim { Key = Key, RunId = RunId }, Token);

        Assert.Equal([file], await DeleteOrphansAsync());
    }

    [Theory]
    [InlineData("GET", "/v1/files", 503)]
    [InlineData("DELETE", "/v1/files/*", 403)]
    public async Task DeleteOrphans_LeavesThemToTheNextSweep_WhenTheProviderDoesNotLetUs(string method, string path, int status)
    {
        string file = await HaveFileAsync();
        await AddRunAsync(row => row with { Status = RunStatus.Cancelled });
        await Ledger.TryAddClaimAsync(new SpendingClaim { Key = Key, RunId = RunId }, Token);
        Script(FaultKind.FailBefore, method, path, fault => fault with { Status = status });

        Assert.Empty(await DeleteOrphansAsync());
        Assert.Equal([file], await DeleteOrphansAsync());
    }

    [Fact]
    public async Task DeleteOrphans_KeepsTheFile_WhileARunOrAnybodysJobNeedsIt()
    {
        await HaveFileAsync();
        await AddRunAsync();
        await Ledger.TryAddClaimAsync(new SpendingClaim { Key = Key, RunId = RunId }, Token);
        string other = await HaveFileAsync(UploadName.Training(new string('a', 64)));
        Clock.Advance(LongestWait + TimeSpan.FromMinutes(1));
        await HaveJobAsync(other); // not asked for by us

        Assert.Empty(await DeleteOrphansAsync());
    }

    [Fact]
    public async Task DeleteOrphans_KeepsWhatIsNotOurs_AndEverythingWhereTheSettingsSaySo()
    {
        await HaveFileAsync("theirs.jsonl");
        await HaveFileAsync($"{new string('a', 63)}.jsonl");
        Clock.Advance(LongestWait + TimeSpan.FromMinutes(1));
        Assert.Empty(await DeleteOrphansAsync());

        await HaveFileAsync();
        Clock.Advance(LongestWait + TimeSpan.FromMinutes(1));
        Options.KeepFiles = true;
        Assert.Empty(await DeleteOrphansAsync());
    }

    [Fact]
    public async Task Forget_DeletesRowEventsReportsAndWorkflows_ButNoClaimAndNoModel()
    {
        Options.Retention = TimeSpan.FromDays(30);
        string[] instances = [RunId, ApprovalWorkflow.IdFor(RunId), CreateJobWorkflow.IdFor(RunId), FollowJobWorkflow.IdFor(RunId)];
        Array.ForEach(instances, id => Stand(id, WorkflowStatus.Completed));
        await AddRunAsync(row => row with { Status = RunStatus.Succeeded });
        await AddRunAsync(runId: "still running");
        await Ledger.AddEventsAsync(RunId, [new RunEvent("ev", Clock.GetUtcNow(), "info", "message", "Hi")], Token);
        await Ledger.TryAddClaimAsync(new SpendingClaim { Key = Key, RunId = RunId, JobId = "ftjob-1" }, Token);
        Store.PutBeside("support.jsonl", ReportFile.SuffixFor(RunId), "{}");
        Store.PutBeside("support.jsonl", ReportFile.MetricsSuffixFor(RunId), "step");

        Assert.Empty(await ForgetAsync());
        Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal([RunId], await ForgetAsync());
        Assert.Null(await Ledger.FindRunAsync(RunId, Token));
        Assert.Empty(await Ledger.ListEventsAsync(RunId, Token).ToListAsync(Token));
        Assert.Null(Store.TextBeside("support.jsonl", ReportFile.SuffixFor(RunId)));
        Assert.Null(Store.TextBeside("support.jsonl", ReportFile.MetricsSuffixFor(RunId)));
        Assert.Empty(Workflows.States);
        Assert.NotNull(await Ledger.FindClaimAsync(Key, Token));
        Assert.NotNull(await Ledger.FindRunAsync("still running", Token));
    }

    [Theory]
    [InlineData(WorkflowStatus.Running)]
    [InlineData(WorkflowStatus.Parked)]
    public async Task Forget_WaitsUntilTheWorkflowIsOver_WhichMayOutliveTheRun(WorkflowStatus status)
    {
        Options.Retention = TimeSpan.FromDays(1);
        await AddRunAsync(row => row with { Status = RunStatus.Succeeded });
        Clock.Advance(TimeSpan.FromDays(2));
        Stand(RunId, status);
        Assert.Empty(await ForgetAsync());

        Stand(RunId, WorkflowStatus.Failed);

        Assert.Equal([RunId], await ForgetAsync());
        Assert.Empty(Workflows.States);
    }

    [Fact]
    public async Task Forget_KeepsEverything_UnlessTheSettingsSayOtherwise()
    {
        await AddRunAsync(row => row with { Status = RunStatus.Succeeded });
        Clock.Advance(TimeSpan.FromDays(3650));

        Assert.Empty(await ForgetAsync());
    }

    [Fact]
    public async Task CheckShutdowns_AsksTheProvider_AndWarnsOfTheModelsInUse()
    {
        await HaveAliasAsync("bot");

        string warning = Assert.Single(await CheckShutdownsAsync());

        Assert.StartsWith("bot: gpt-4.1-mini-2025-04-14 shuts down on 2027-01-14", warning, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2027, 1, 14), (await Ledger.ListModelsAsync(Token).SingleAsync(Token)).ShutdownDate);
    }

    [Fact]
    public async Task CheckShutdowns_WarnsOfAnAlias_ThatAPersonGaveToAnotherAliasesModel()
    {
        await HaveAliasAsync("production");

        Assert.StartsWith("production: ", Assert.Single(await CheckShutdownsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckShutdowns_GoesByWhatIsKnown_WhenTheProviderDoesNotTell()
    {
        await HaveAliasAsync("bot");
        await CheckShutdownsAsync();
        Script(FaultKind.FailBefore, "GET", "/v1/models/*", fault => fault with { Status = 403 });

        Assert.Single(await CheckShutdownsAsync());
    }

    /// <summary>It means a model that a run made for the alias <c>bot</c>.</summary>
    private async Task HaveAliasAsync(string alias)
    {
        await HaveOurJobAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        ModelRow model = new()
        {
            ModelId = (await Api.ListJobsAsync(null, Token).SingleAsync(Token)).ModelId!,
            RunId = RunId,
            JobId = "job",
            BaseModel = Spec.Model,
            Dataset = "d.jsonl",
            CreatedAt = Clock.GetUtcNow(),
            Alias = "bot",
        };
        await Ledger.PutModelAsync(model, Token);
        await Ledger.ChangeAliasAsync(alias, old => AliasRow.PointedAt(old, alias, model, "ann", held: false, Clock.GetUtcNow()), Token);
    }
}
