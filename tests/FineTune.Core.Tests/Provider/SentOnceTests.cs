using FineTune.Core.Tests.Activities;
using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Ports;

namespace FineTune.Core.Tests.Provider;

/// <summary>One call is one request, counted by the other side: the package below would send up to four.</summary>
public sealed class SentOnceTests : ActivityTest
{
    public static TheoryData<Fault> Troubles =>
    [
        new Fault { Kind = FaultKind.FailBefore, Status = 408 },
        new Fault { Kind = FaultKind.FailBefore, Status = 429, RetryAfter = "1" },
        new Fault { Kind = FaultKind.FailBefore, Status = 500 },
        new Fault { Kind = FaultKind.FailBefore, Status = 502 },
        new Fault { Kind = FaultKind.FailBefore, Status = 503, RetryAfter = "1" },
        new Fault { Kind = FaultKind.FailBefore, Status = 504 },
        new Fault { Kind = FaultKind.CommitThenDrop },
        new Fault { Kind = FaultKind.GarbledBody, AfterBytes = 10 },
    ];

    [Theory]
    [MemberData(nameof(Troubles), DisableDiscoveryEnumeration = true)]
    public async Task CreateJobAsync_PostsOnce(Fault trouble)
    {
        string file = await HaveFileAsync();
        AddEverywhere(trouble);

        CreateJobAnswer answer = await CreateAsync(file);

        Assert.IsNotType<CreateJobAnswer.Created>(answer);
        Assert.Equal(1, Requests("POST /v1/fine_tuning/jobs"));
    }

    [Theory]
    [MemberData(nameof(Troubles), DisableDiscoveryEnumeration = true)]
    public async Task UploadFileAsync_PostsOnce(Fault trouble)
    {
        AddEverywhere(trouble);

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => HaveFileAsync());

        Assert.Equal(1, Requests("POST /v1/files"));
    }

    [Fact]
    public async Task CreateJobAsync_PostsOnce_WhenNoAnswerComes()
    {
        string file = await HaveFileAsync();
        Settings.CallTimeout = TimeSpan.FromMilliseconds(300);
        UseSettings();
        AddEverywhere(new Fault { Kind = FaultKind.Delay });

        CreateJobAnswer answer = await CreateAsync(file);

        Assert.Equal(new CreateJobAnswer.Ambiguous("no answer in time"), answer);
        Assert.Equal(1, Requests("POST /v1/fine_tuning/jobs"));
    }

    [Fact]
    public async Task CreateJobAsync_IsStopped_WhenWeWishToStop()
    {
        string file = await HaveFileAsync();
        AddEverywhere(new Fault { Kind = FaultKind.Delay, Seconds = 1000 });
        using CancellationTokenSource stop = new();
        Task<CreateJobAnswer> call = Api.CreateJobAsync(new NewJob(Key, Spec, file, null, 1), stop.Token);
        while (Clock.WaitingTimers == 0)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public async Task GetJobAsync_AsksOnce(int status)
    {
        AddEverywhere(new Fault { Kind = FaultKind.FailBefore, Status = status });

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => Api.GetJobAsync("ftjob-1", Token));

        Assert.Equal(1, Requests("GET /v1/fine_tuning/jobs/{id}"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Calls_FollowNoRedirect_SoThatTheKeyStaysWhereItBelongs(int status)
    {
        await using EmulatorServer elsewhere = await EmulatorServer.StartAsync(new EmulatorOptions(), Clock, Token);
        string file = await HaveFileAsync();
        AddEverywhere(new Fault
        {
            Kind = FaultKind.FailBefore,
            Status = status,
            Headers = new() { ["Location"] = new Uri(elsewhere.BaseAddress, "models").AbsoluteUri },
        });

        Assert.IsType<CreateJobAnswer.Ambiguous>(await CreateAsync(file));
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => Api.ListModelsAsync(Token));
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => HaveFileAsync());

        Assert.Empty(elsewhere.ReadLedger().Requests);
    }

    private Task<CreateJobAnswer> CreateAsync(string file) => Api.CreateJobAsync(new NewJob(Key, Spec, file, null, 1), Token);

    private void AddEverywhere(Fault fault) => Emulator.AddFault(fault with { Match = new FaultMatch { Path = "/v1/**", Times = 0 } });
}
