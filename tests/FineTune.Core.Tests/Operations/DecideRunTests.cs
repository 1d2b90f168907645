using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Operations;

/// <summary>A person's yes or no counts for one run, one content and spec, one request.</summary>
public sealed class DecideRunTests : OperationTest
{
    [Theory]
    [InlineData(true, RunSignalKind.Approve)]
    [InlineData(false, RunSignalKind.Reject)]
    public async Task RunAsync_WritesWhoSaidWhatAboutWhat_AndWakesTheRun(bool approved, RunSignalKind kind)
    {
        string run = await HaveWaitingRunAsync();
        DateTimeOffset askedAt = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromHours(1));

        RunView view = await DecideAsync(run, new Decision(approved, "bob", "key"));

        ApprovalDecision expected = new(approved, "bob", Clock.GetUtcNow(), "key", askedAt);
        Assert.Equal(expected, (await RowAsync(run)).Approval);
        Assert.Equal((expected, false), (view.Approval, view.AwaitsApproval));
        AssertWoken(run, new RunSignal(kind, "bob"));
    }

    [Fact]
    public async Task RunAsync_Refuses_WhenTheDecisionIsAboutOtherBytes()
    {
        string run = await HaveWaitingRunAsync();

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(() => DecideAsync(run, new Decision(true, "bob", "another")));

        Assert.Contains("is about content and settings another, but run", invalid.Message, StringComparison.Ordinal);
        Assert.Null((await RowAsync(run)).Approval);
        Assert.Empty(Workflows.Raised);
    }

    [Fact]
    public async Task RunAsync_RefusesASecondAnswer_ToTheSameRequest()
    {
        string run = await HaveWaitingRunAsync();
        await DecideAsync(run, new Decision(false, "bob"));

        await Assert.ThrowsAsync<InvalidRequestException>(() => DecideAsync(run, new Decision(true, "eve")));

        Assert.Equal("bob", (await RowAsync(run)).Approval!.By);
    }

    [Theory]
    [InlineData(FineTuneStep.Uploading, RunStatus.Running, "it is Uploading")]
    [InlineData(FineTuneStep.AwaitingApproval, RunStatus.Rejected, "does not wait for approval: it is Rejected")]
    [InlineData(null, RunStatus.Running, "it is Running")]
    public async Task RunAsync_Refuses_WhenTheRunDoesNotWait(FineTuneStep? step, RunStatus status, string message)
    {
        string run = await HaveRunAsync(row => row with { Status = status });
        if (step is { } stands)
        {
            Stand(run, stands);
        }

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(() => DecideAsync(run, new Decision(true, "bob")));

        Assert.Contains(message, invalid.Message, StringComparison.Ordinal);
        Assert.Empty(Workflows.Raised);
    }

    private Task<RunView> DecideAsync(string run, Decision decision) => new DecideRun(Ledger, Workflows, Clock).RunAsync(run, decision, Token);

    private Task<string> HaveWaitingRunAsync()
    {
        DateTimeOffset now = Clock.GetUtcNow();
        return HaveRunAsync(row => row with { Key = "key", ApprovalRequest = new ApprovalRequest("up to $3.20", now, now.AddDays(1), now.AddDays(7)) });
    }
}
