using FineTune.Emulator.Faults;
using FineTune.Emulator.Ledger;
using FineTune.Operations;
using FineTune.Ports;
using static FineTune.EndToEnd.Tests.Faults.FaultCase;

namespace FineTune.EndToEnd.Tests.Faults;

/// <summary>What can become of the one call that costs money, and of the looks after it: never two jobs.</summary>
public sealed class CreateFaultTests
{
    private static readonly Dictionary<string, FaultCase> Table = new()
    {
        ["created, connection dropped"] = new(Create(FaultKind.CommitThenDrop)),
        ["created, answer cut"] = new(Create(FaultKind.GarbledBody) with { AfterBytes = 40 }),
        ["created, half the JSON"] = new(Create(FaultKind.GarbledBody)),
        ["created, empty object"] = new(Create(FaultKind.GarbledBody) with { Body = "{}" }),
        ["created, a proxy's page"] = new(Create(FaultKind.GarbledBody) with { Body = "<html>Bad gateway</html>" }),
        ["created, HTTP 502"] = new(Create(FaultKind.GarbledBody) with { Status = 502, Body = "<html>Bad gateway</html>" }),
        ["created, answered too late"] = new(Create(FaultKind.Delay) with { AfterCommit = true }),
        ["created and dropped, listed late"] = new(Create(FaultKind.CommitThenDrop), On("GET", Jobs, FaultKind.ListLag) with { Seconds = 250 }),
        ["created and dropped, filter ignored"] = new(Create(FaultKind.CommitThenDrop), On("GET", Jobs, FaultKind.MetadataFilterIgnored)),
        ["created and dropped, look fails"] = new(Create(FaultKind.CommitThenDrop), Fails("GET", Jobs, 503)),
        ["not created, HTTP 500"] = new(JobPosts: 2, RunStatus.Succeeded, Fails("POST", Jobs, 500)),
        ["not created, HTTP 408"] = new(JobPosts: 2, RunStatus.Succeeded, Fails("POST", Jobs, 408)),
        ["not created, no answer"] = new(JobPosts: 2, RunStatus.Succeeded, Create(FaultKind.Delay)),
        ["not created, 429 with Retry-After"] = new(JobPosts: 2, RunStatus.Succeeded, Fails("POST", Jobs, 429, "rate_limit_exceeded") with { RetryAfter = "1" }),
        ["not created, file not ready"] = new(JobPosts: 2, RunStatus.Succeeded, Fails("POST", Jobs, 400) with { Message = "File is not ready.", RetryAfter = "1" }),
        ["not created, 429 out of money"] = new(JobPosts: 1, RunStatus.NeedsAttention, Fails("POST", Jobs, 429, "insufficient_quota")),
        ["not created, 401"] = new(JobPosts: 1, RunStatus.NeedsAttention, Fails("POST", Jobs, 401, "invalid_api_key")),
        ["not created, 403"] = new(JobPosts: 1, RunStatus.ProviderClosed, Fails("POST", Jobs, 403)),
        ["not created, 400"] = new(JobPosts: 1, RunStatus.Failed, Fails("POST", Jobs, 400, "model_not_available")),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory, MemberData(nameof(Cases))]
    public Task Run_HasAtMostOneJob_WhenCreatingItGoesWrong(string fault) => Table[fault].PlayAsync();

    [Fact]
    public async Task Run_AsksForAttentionAndKeepsItsFile_WhenThreeCallsAreLost()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Emulator.AddFault(new Fault { Kind = FaultKind.FailBefore, Match = new FaultMatch { Method = "POST", Path = Jobs, Times = 0 } });

        RunView run = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(6).Run;

        Assert.Equal(RunStatus.NeedsAttention, run.Status);
        LedgerReport ledger = scene.Emulator.ReadLedger();
        Assert.Equal((3, 0), (ledger.JobPosts[run.Key!], ledger.Jobs.Count));
        Assert.Single(ledger.StoredFiles); // a job that is not to be seen may still need it
    }

    [Fact]
    public async Task Run_WaitsAsLongAsItIsTold_WhenThereAreTooManyRequests()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Emulator.AddFault(Fails("POST", Jobs, 429, "rate_limit_exceeded") with { RetryAfter = "2" });

        (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")))).ExitsWith(0);

        DateTimeOffset[] posts = [.. scene.Emulator.ReadLedger().Log.Where(request => request is { Method: "POST", Path: Jobs }).Select(request => request.At)];
        Assert.Equal(2, posts.Length);
        Assert.True((posts[1] - posts[0]) / Scene.Speed >= TimeSpan.FromSeconds(2), $"The second call came {(posts[1] - posts[0]) / Scene.Speed} after the first.");
    }

    private static Fault Create(FaultKind kind) => On("POST", Jobs, kind);
}
