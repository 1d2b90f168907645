using FineTune.Activities;
using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Sweeping;

/// <summary>Surplus jobs, files nobody needs, runs nobody wants to keep, and models that end.</summary>
public sealed class SweepPartsTests : SweepTest
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(2) + TimeSpan.FromHours(1);

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

    /// <summary>Which may be on its way to a job with the same data under the same settings, and so with the same key.</summary>
    [Theory]
    [InlineData("production", "test")]
    [InlineData("production", null)]
    [InlineData(null, "test")]
    public async Task DeleteOrphans_LeavesTheFilesOfAnotherInstallationAlone(string? theirs, string? own)
    {
        Settings.Installation = theirs;
        string file = await HaveFileAsync();
        Settings.Installation = own;
        await AddRunAsync(row => row with { Status = RunStatus.Cancelled });
        await Ledger.TryAddClaimAsync(new SpendingClaim { Key = Key, RunId = RunId }, Token);
        string ours = await HaveFileAsync();

        Assert.Equal([ours], await DeleteOrphansAsync());
        Assert.Equal(file, Assert.Single(Emulator.ReadLedger().StoredFiles).Id);
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
