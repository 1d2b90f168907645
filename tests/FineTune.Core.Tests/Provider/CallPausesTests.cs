using FineTune.Core.Tests.Activities;
using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Provider;

namespace FineTune.Core.Tests.Provider;

/// <summary>No call comes earlier than the provider allowed, whoever is the next to make it.</summary>
public sealed class CallPausesTests : ActivityTest
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task GetJobAsync_SendsNothing_UntilThePauseIsOver(int status)
    {
        string file = await HaveFileAsync();
        (string job, string other) = (await HaveJobAsync(file), await HaveJobAsync(file));
        RefuseOnce("/v1/fine_tuning/jobs/*", status);

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => Api.GetJobAsync(job, Token));
        Clock.Advance(TimeSpan.FromSeconds(29));
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => Api.GetJobAsync(other, Token));
        Assert.Equal(1, Looks());

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(job, (await Api.GetJobAsync(job, Token)).Id);
    }

    [Fact]
    public async Task ListJobsAsync_IsNotHeldUp_ByThePauseOfAnotherKindOfCall()
    {
        string job = await HaveJobAsync(await HaveFileAsync());
        RefuseOnce("/v1/fine_tuning/jobs/*", 429);
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => Api.GetJobAsync(job, Token));

        Assert.Equal([job], await Api.ListJobsAsync(key: null, Token).Select(listed => listed.Id).ToListAsync(Token));
    }

    [Theory]
    [InlineData("GET", "fine_tuning/jobs/ftjob-1", "GET fine_tuning/jobs/*")]
    [InlineData("GET", "fine_tuning/jobs/ftjob-1/events?limit=100", "GET fine_tuning/jobs/*/events")]
    [InlineData("GET", "fine_tuning/jobs?limit=100", "GET fine_tuning/jobs")]
    [InlineData("POST", "files", "POST files")]
    [InlineData("DELETE", "files/file-1", "DELETE files/*")]
    public void KindOf_LeavesOutWhatTheCallIsAbout(string method, string path, string expected)
        => Assert.Equal(expected, CallPauses.KindOf(method, path));

    private int Looks() => Emulator.ReadLedger().Log.Count(request => request is { Method: "GET" } && request.Path.StartsWith("/v1/fine_tuning/jobs/", StringComparison.Ordinal));

    private void RefuseOnce(string path, int status) => Emulator.AddFault(new Fault
    {
        Kind = FaultKind.FailBefore,
        Status = status,
        RetryAfter = "30",
        Match = new FaultMatch { Method = "GET", Path = path },
    });
}
