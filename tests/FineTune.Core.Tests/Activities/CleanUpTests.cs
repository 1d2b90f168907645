using FineTune.Activities;
using FineTune.Emulator.Faults;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FineTune.Core.Tests.Activities;

/// <summary>The run's files go when nobody can need them, and not a moment earlier: a job whose training file goes early fails.</summary>
public sealed class CleanUpTests : ActivityTest
{
    private readonly FineTuneOptions _options = new();

    private int StoredFiles => Emulator.ReadLedger().StoredFiles.Count;

    [Fact]
    public async Task RunAsync_DeletesEveryFileOfTheRun_WhenItsJobIsOver()
    {
        string job = await HaveRunWithJobAsync();
        await HaveFileAsync(UploadName.Validation(Key));
        await HaveFileAsync(); // a second upload, whose answer was lost
        await Ledger.ChangeRunAsync(RunId, row => row with { ValidationUploadBegun = true, UploadRepeated = true }, Token);
        Clock.Advance(TimeSpan.FromHours(1));

        await CleanUpAsync();

        Assert.Equal(0, StoredFiles);
        Assert.Equal(JobStatus.Succeeded, (await Api.GetJobAsync(job, Token)).Status);
    }

    [Fact]
    public async Task RunAsync_ListsNoFiles_WhenItKnowsAllOfTheRuns_AndWritesTheProofDown()
    {
        await HaveRunWithJobAsync();
        Clock.Advance(TimeSpan.FromHours(1));

        await CleanUpAsync();
        await CleanUpAsync();

        DeletedFile proof = Assert.Single(Row.DeletedFiles!);
        Assert.Equal((Row.TrainingFileId, Clock.GetUtcNow()), (proof.FileId, proof.At));
        Assert.Contains("\"deleted\":true", proof.Answer, StringComparison.Ordinal);
        Assert.Equal(0, Requests("GET /v1/files"));
    }

    [Fact]
    public async Task RunAsync_LeavesOtherFilesAlone()
    {
        await HaveRunWithJobAsync();
        string theirs = await HaveFileAsync("theirs.jsonl");
        Clock.Advance(TimeSpan.FromHours(1));

        await CleanUpAsync();

        Assert.Equal(theirs, Assert.Single(Emulator.ReadLedger().StoredFiles).Id);
    }

    [Fact]
    public async Task RunAsync_KeepsTheFiles_WhileTheJobIsUnderWay()
    {
        await HaveRunWithJobAsync();

        await CleanUpAsync();

        Assert.Equal(1, StoredFiles);
    }

    [Fact]
    public async Task RunAsync_IsTriedAgainByTheRule_WhenAStaleAnswerShowsTheJobUnderWay()
    {
        await HaveRunWithJobAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { Status = RunStatus.Succeeded }, Token);
        Clock.Advance(TimeSpan.FromHours(1));
        Script(FaultKind.UnknownStatus, "GET", "/v1/fine_tuning/jobs/*", fault => fault with { Match = fault.Match! with { Times = 1 } });

        await Assert.ThrowsAsync<ProviderUnavailableException>(CleanUpAsync);
        await CleanUpAsync();

        Assert.Equal(0, StoredFiles);
    }

    [Fact]
    public async Task RunAsync_KeepsTheFiles_WhileOnlyTheClaimKnowsTheJob()
    {
        string job = await HaveRunWithJobAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { JobId = null }, Token);
        await ClaimAsync(claim => claim with { JobId = job });

        await CleanUpAsync();
        Assert.Equal(1, StoredFiles);

        Clock.Advance(TimeSpan.FromHours(1));
        await CleanUpAsync();
        Assert.Equal(0, StoredFiles);
    }

    [Fact]
    public async Task RunAsync_KeepsTheFiles_WhileAnIntentIsOpen()
    {
        await HaveRunWithFileAsync();
        await ClaimAsync(claim => claim with { OpenIntentAt = Clock.GetUtcNow() });

        await CleanUpAsync();

        Assert.Equal(1, StoredFiles);
    }

    [Fact]
    public async Task RunAsync_KeepsTheFiles_WhenAnotherRunHasTakenTheClaimOver()
    {
        await HaveRunWithFileAsync();
        await ClaimAsync(claim => claim with { RunId = "run-2" });

        await CleanUpAsync();

        Assert.Equal(1, StoredFiles);
    }

    [Fact]
    public async Task RunAsync_DeletesTheFiles_WhenNoJobWasEverAskedFor()
    {
        await HaveRunWithFileAsync();
        await ClaimAsync(claim => claim);

        await CleanUpAsync();

        Assert.Equal(0, StoredFiles);
    }

    [Fact]
    public async Task RunAsync_KeepsTheFiles_WhenTheSettingsSaySo()
    {
        _options.KeepFiles = true;
        await HaveRunWithFileAsync();

        await CleanUpAsync();

        Assert.Equal(1, StoredFiles);
    }

    [Fact]
    public async Task RunAsync_AsksNobody_WhenNothingWasUploaded()
    {
        await AddRunAsync();

        await CleanUpAsync();

        Assert.Equal(0, Requests("GET /v1/files"));
    }

    [Fact]
    public async Task RunAsync_IsDone_WhenTheProviderRefusesToDelete()
    {
        await HaveRunWithFileAsync();
        Script(FaultKind.FailBefore, "DELETE", "/v1/files/*", fault => fault with { Status = 400 });

        await CleanUpAsync();

        Assert.Equal(1, StoredFiles);
    }

    [Fact]
    public async Task RunAsync_MayRunTwice()
    {
        await HaveRunWithFileAsync();

        await CleanUpAsync();
        await CleanUpAsync();

        Assert.Equal(0, StoredFiles);
    }

    private async Task HaveRunWithFileAsync()
    {
        string file = await HaveFileAsync();
        await AddRunAsync(row => row with { UploadBegun = true, TrainingFileId = file });
    }

    private async Task<string> HaveRunWithJobAsync()
    {
        string file = await HaveFileAsync();
        string job = await HaveJobAsync(file);
        await AddRunAsync(row => row with { UploadBegun = true, TrainingFileId = file, JobId = job });
        return job;
    }

    private Task<SpendingClaim?> ClaimAsync(Func<SpendingClaim, SpendingClaim> change)
        => Ledger.TryAddClaimAsync(change(new SpendingClaim { Key = Key, RunId = RunId, FirstIntentAt = Clock.GetUtcNow() }), Token);

    private Task<Done> CleanUpAsync()
        => new CleanUp(Api, Ledger, Clock, Options.Create(_options), NullLogger<CleanUp>.Instance).RunAsync(new CleanUpInput(RunId), Token);
}
