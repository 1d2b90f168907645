using FineTune.Ports;
using FineTune.Simulation.Tests.Oracle;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests;

/// <summary>The oracle can fail: for each promise there is a way to break the product that it must notice.</summary>
public sealed class OracleTests
{
    private static readonly Dictionary<string, (string Promise, string? Fault, Sabotage Sabotage)> Broken = new()
    {
        ["a client that repeats the call that costs money"] = ("I1", "created, connection dropped", OnTheLine(BrokenLine.RepeatPurchaseAsync)),
        ["a file that is not deleted"] = ("I2", null, OnTheLine(BrokenLine.PretendToDeleteAsync)),
        ["a run without an end"] = ("I3", null, new() { Run = row => row with { Status = RunStatus.Running } }),
        ["a job that counts as failed"] = ("I3", null, new() { Run = row => row.ModelId is null ? row : row with { Status = RunStatus.Failed } }),
        ["another model"] = ("I4", null, new() { Run = row => row.ModelId is null ? row : row with { ModelId = "ft:another" } }),
        ["a key in a row"] = ("I5", null, new() { Run = row => row with { Detail = SimulatedWorld.ApiKey } }),
        ["an intent that is not written"] = ("I9", null, new() { Claim = claim => claim with { OpenIntentAt = null } }),
        ["a client that does not wait"] = ("I9", "create 429, Retry-After 1200", OnTheLine(BrokenLine.ForgetToWaitAsync)),
        ["other bytes"] = ("I10", null, OnTheLine(BrokenLine.UploadOtherBytesAsync)),
        ["an event that is dropped"] = ("I13", null, new() { Events = events => [.. events.Skip(1)] }),
    };

    public static TheoryData<string> Ways => [.. Broken.Keys];

    [Theory, MemberData(nameof(Ways))]
    public async Task Oracle_Notices_WhenTheProductIsBroken(string way)
    {
        (string promise, string? fault, Sabotage sabotage) = Broken[way];

        Judgement broken = await Simulation.PlayAsync(PlanDrawing.Plain(fault), sabotage);
        Judgement whole = await Simulation.PlayAsync(PlanDrawing.Plain(fault), Sabotage.None);

        Assert.Contains(broken.Violations, violation => violation.Invariant == promise);
        Assert.Empty(whole.Violations);
    }

    /// <summary>A row that changes after the end; the product itself has no way to write one.</summary>
    [Fact]
    public async Task Oracle_Notices_WhenAFinalRowChanges()
    {
        Judgement whole = await Simulation.PlayAsync(PlanDrawing.Plain(), Sabotage.None);
        RunRow last = whole.Chronicle.Rows[^1];

        whole.Chronicle.Rows.Add(last with { Detail = "On second thoughts." });

        Assert.NotEmpty(Ends.ChangedAfterTheEnd(whole.Chronicle.Rows));
    }

    private static Sabotage OnTheLine(BrokenLine.Change change) => new() { Line = line => new BrokenLine(change) { InnerHandler = line } };
}
