using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>The call came through and its answer did not: the job is found and adopted, and nothing is bought twice.</summary>
public sealed class CreateJobLostAnswerTests : CreateJobTest
{
    public static TheoryData<string, Fault> LostAnswers => new()
    {
        { "the connection broke", new Fault { Kind = FaultKind.CommitThenDrop } },
        { "half the JSON", new Fault { Kind = FaultKind.GarbledBody } },
        { "a cut body", new Fault { Kind = FaultKind.GarbledBody, AfterBytes = 40 } },
        { "no body", new Fault { Kind = FaultKind.GarbledBody, Body = "" } },
        { "an empty object", new Fault { Kind = FaultKind.GarbledBody, Body = "{}" } },
        { "null", new Fault { Kind = FaultKind.GarbledBody, Body = "null" } },
        { "a list", new Fault { Kind = FaultKind.GarbledBody, Body = "[]" } },
        { "a web page", new Fault { Kind = FaultKind.GarbledBody, Body = "<html>welcome</html>" } },
        { "another object", new Fault { Kind = FaultKind.GarbledBody, Body = """{"object":"list","id":"ftjob-x","data":[]}""" } },
        { "a job without id", new Fault { Kind = FaultKind.GarbledBody, Body = """{"object":"fine_tuning.job","training_file":"file-x"}""" } },
        { "somebody's job", new Fault { Kind = FaultKind.GarbledBody, Body = """{"object":"fine_tuning.job","id":"ftjob-x","training_file":"file-x"}""" } },
        { "a gateway's error", new Fault { Kind = FaultKind.GarbledBody, Status = 502, Body = "bad gateway" } },
        { "a time-out's error", new Fault { Kind = FaultKind.GarbledBody, Status = 504 } },
        { "a redirect", new Fault { Kind = FaultKind.GarbledBody, Status = 307, Body = "" } },
    };

    [Theory]
    [MemberData(nameof(LostAnswers), DisableDiscoveryEnumeration = true)]
    public async Task RunAsync_AdoptsTheJobWithOnePost_WhenTheAnswerIsLost(string what, Fault fault)
    {
        await ReadyAsync();
        OnPost(fault.Kind, scripted => fault with { Match = scripted.Match });

        JobCreation heard = await StepAsync();
        JobCreation creation = await StepToTheEndAsync();

        Assert.True(heard.Wait is not null, $"{what} was taken for an answer: {heard}");
        Assert.Equal((1, 1), (Posts, Jobs));
        Assert.Equal(Emulator.ReadLedger().LiveJobs.Single().Id, creation.JobId);
        Assert.Equal((creation.JobId, null, 1), (Claim.JobId, Claim.OpenIntentAt, Claim.Attempts));
        Assert.Equal(creation.JobId, Row.JobId);
    }

    [Fact]
    public async Task RunAsync_AdoptsTheJobWithOnePost_WhenNoAnswerCameInTime()
    {
        await ReadyAsync();
        Settings.CallTimeout = TimeSpan.FromMilliseconds(300);
        UseSettings();
        OnPost(FaultKind.Delay, fault => fault with { AfterCommit = true });

        JobCreation heard = await StepAsync();
        Settings.CallTimeout = TimeSpan.FromSeconds(30);
        UseSettings();
        JobCreation creation = await StepToTheEndAsync();

        Assert.Contains("no answer in time", heard.Detail, StringComparison.Ordinal);
        Assert.NotNull(creation.JobId);
        Assert.Equal((1, 1), (Posts, Jobs));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(140)]
    public async Task RunAsync_AdoptsTheJobWithOnePost_WhenTheListShowsItLate(double seconds)
    {
        await ReadyAsync();
        Script(FaultKind.ListLag, "GET", "/v1/fine_tuning/jobs", fault => fault with { Seconds = seconds });
        OnPost(FaultKind.CommitThenDrop);

        JobCreation creation = await StepToTheEndAsync();

        Assert.NotNull(creation.JobId);
        Assert.Equal((1, 1), (Posts, Jobs));
    }

    /// <summary>The intent's time is by our clock, the job's by the provider's.</summary>
    [Theory]
    [InlineData(-14)]
    [InlineData(14)]
    public async Task RunAsync_AdoptsTheJob_WhenTheClocksDifferByHours(int hours)
    {
        await ReadyAsync(claim => WithOpenIntent(claim) with { FirstIntentAt = Clock.GetUtcNow().AddHours(hours) });
        string job = await HaveJobAsync(File, new { ft_key = Key });

        JobCreation creation = await StepAsync();

        Assert.Equal(job, creation.JobId);
    }

    [Fact]
    public async Task RunAsync_AdoptsTheJobWithOnePost_WhenTheProvidersFilterFindsNothing()
    {
        await ReadyAsync();
        OnPost(FaultKind.CommitThenDrop);
        Script(FaultKind.GarbledBody, "GET", "/v1/fine_tuning/jobs", fault => fault with { Body = """{"object":"list","data":[],"has_more":false}""" });

        await StepAsync();
        JobCreation creation = await StepAsync();

        Assert.NotNull(creation.JobId);
        Assert.Equal((1, 1), (Posts, Jobs));
    }

    [Fact]
    public async Task RunAsync_AdoptsTheJobWithOnePost_WhenTheListFailsAtFirst()
    {
        await ReadyAsync();
        OnPost(FaultKind.CommitThenDrop);
        Script(FaultKind.FailBefore, "GET", "/v1/fine_tuning/jobs", fault => fault with { Status = 503, Match = fault.Match! with { Nth = 2 } });

        await StepAsync();
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => StepAsync());
        JobCreation creation = await StepToTheEndAsync();

        Assert.NotNull(creation.JobId);
        Assert.Equal((1, 1), (Posts, Jobs));
    }

    [Fact]
    public async Task RunAsync_AdoptsTheJob_WhenTheProcessDiedBeforeItHeard()
    {
        await ReadyAsync(WithOpenIntent);
        string job = await HaveJobAsync(File, new { ft_key = Key });

        JobCreation creation = await StepAsync();

        Assert.Equal(job, creation.JobId);
        Assert.Equal(1, Posts); // the one of the process that died
    }

    [Fact]
    public async Task RunAsync_AsksNobody_WhenTheProcessDiedAfterTheJobWasRecorded()
    {
        await ReadyAsync(claim => WithOpenIntent(claim) with { OpenIntentAt = null, JobId = "ftjob-known" });

        JobCreation creation = await StepAsync();

        Assert.Equal("ftjob-known", creation.JobId);
        Assert.Equal("ftjob-known", Row.JobId);
        Assert.Equal((0, 0), (Requests("POST /v1/fine_tuning/jobs"), Requests("GET /v1/fine_tuning/jobs")));
    }

    [Fact]
    public async Task RunAsync_AdoptsTheJob_WhenItsIdCouldNotBeRecordedAtFirst()
    {
        await ReadyAsync();
        Ledger.BeforeClaimWrite = claim => _ = claim.JobId is null ? claim : throw new IOException("The storage is away.");

        await Assert.ThrowsAsync<IOException>(() => StepAsync());
        Ledger.BeforeClaimWrite = null;
        JobCreation creation = await StepAsync();

        Assert.NotNull(creation.JobId);
        Assert.Equal((1, 1), (Posts, Jobs));
    }
}
