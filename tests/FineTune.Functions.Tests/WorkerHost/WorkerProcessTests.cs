using System.Net;
using System.Net.Http.Json;
using FineTune.Emulator.Faults;
using FineTune.Functions.Tests.Durable.Histories;
using FineTune.Functions.Tests.Support;
using FineTune.Functions.Tests.WorkerHost.Protocol;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.DurableTask.Protobuf;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>The compiled worker process, from the first message of its host to the model in the tables.</summary>
public sealed class WorkerProcessTests(RunningHead head, Azurite azurite) : IClassFixture<RunningHead>, IAsyncLifetime
{
    private static readonly string[] Examples = File.ReadAllLines(Repository.Sample("support-bot.jsonl"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await head.OpenAsync(azurite, Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task BlobEvent_LeavesAModelInTheTables_WhenADatasetIsDropped()
    {
        await head.DropAsync("dropped.jsonl", string.Join('\n', Examples), Token);

        await AnnounceAsync("dropped.jsonl");

        RunRow run = await head.EndAsync("dropped.jsonl", Token);
        Assert.True(run.Status is RunStatus.Succeeded, run.Detail);
        Assert.Contains(await head.Ledger.ListModelsAsync(Token).ToArrayAsync(Token), model => (model.ModelId, model.RunId) == (run.ModelId, run.RunId));
        Assert.Equal(1, head.Jobs(run));
        Assert.Empty(head.Provider.ReadLedger().StoredFiles);
        Assert.Superset(
            new HashSet<string> { "FineTuneWorkflow", "FollowJobWorkflow", "InspectDataset", "CreateJob", "ReadJob", "CollectResult", "RecordOutcome", "CleanUp" },
            head.Host.Durable.Calls.ToHashSet());
    }

    [Fact]
    public async Task BlobEvent_StartsOneRun_WhenItComesAgain()
    {
        await head.DropAsync("twice.jsonl", string.Join('\n', Examples.Skip(1)), Token);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AnnounceAsync("twice.jsonl")));
        RunRow run = await head.EndAsync("twice.jsonl", Token);
        await AnnounceAsync("twice.jsonl");

        Assert.Equal(RunStatus.Succeeded, (await head.EndAsync("twice.jsonl", Token)).Status);
        Assert.Equal(1, head.Jobs(run));
    }

    [Fact]
    public async Task HttpStart_LeavesAModelUnderItsAlias_WhenADatasetIsNamed()
    {
        await head.DropAsync("named.jsonl", string.Join('\n', Examples.SkipLast(1)), Token);

        using HttpResponseMessage started = await SendAsync(
            HttpMethod.Post, "api/runs", JsonContent.Create(new { dataset = "named.jsonl", alias = "support-bot" }));

        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        RunRow run = await head.EndAsync("named.jsonl", Token);
        using HttpResponseMessage asked = await SendAsync(HttpMethod.Get, started.Headers.Location!.OriginalString);
        RunView? view = await asked.Content.ReadFromJsonAsync(FineTuneJson.Default.RunView, Token);
        Assert.Equal((RunStatus.Succeeded, run.ModelId, "support-bot"), (view!.Status, view.ModelId, view.Alias));
        Assert.Equal(run.ModelId, (await head.Ledger.FindAliasAsync("support-bot", Token))?.ModelId);
    }

    [Fact]
    public async Task Timer_StartsTheRun_WhenNoEventAnnouncedTheDataset()
    {
        await head.DropAsync("missed.jsonl", string.Join('\n', Examples.Skip(5)), Token);

        await head.UntilAsync(
            async () =>
            {
                await TickAsync();
                return await head.Ledger.ListRunsAsync(Token).AnyAsync(run => run.Dataset.Name == "missed.jsonl", Token);
            },
            "the sweep starts missed.jsonl",
            Token);

        Assert.Equal(RunStatus.Succeeded, (await head.EndAsync("missed.jsonl", Token)).Status);
    }

    /// <summary>A failure crosses the process as text; that it cannot be cured must still be told from it.</summary>
    [Fact]
    public async Task BlobEvent_LeavesTheReasonAndTriesOnce_WhenTheProviderRefusesTheFile()
    {
        await head.DropAsync("refused.jsonl", string.Join('\n', Examples.Skip(2)), Token);
        head.Provider.AddFault(new Fault
        {
            Kind = FaultKind.FailBefore,
            Status = 400,
            Message = "Not this file.",
            Match = new FaultMatch { Method = "POST", Path = "/v1/files", Times = 0 },
        });

        await AnnounceAsync("refused.jsonl");
        RunRow run = await head.EndAsync("refused.jsonl", Token);
        head.Provider.ClearFaults();

        Assert.Equal((RunStatus.NeedsAttention, "ProviderRefusedException"), (run.Status, run.ErrorCode));
        Assert.Contains("Not this file.", run.Detail);
        Assert.Single(head.Provider.ReadLedger().Log, request => request is { Method: "POST", Path: "/v1/files", Status: 400 });
    }

    /// <summary>The job is made, the answer is on its way and the process dies: what the activity did must not be bought again.</summary>
    [Fact]
    public async Task Run_EndsWithOneJob_WhenTheWorkerCrashesWhileItBuysIt()
    {
        await head.DropAsync("crashed.jsonl", string.Join('\n', Examples.Skip(4)), Token);
        head.Provider.AddFault(new Fault
        {
            Kind = FaultKind.Delay,
            AfterCommit = true,
            Seconds = 60,
            Match = new FaultMatch { Method = "POST", Path = "/v1/fine_tuning/jobs" },
        });
        int jobs = head.Provider.ReadLedger().Jobs.Values.Sum();
        int calls = head.Host.Durable.Calls.Count(IsPurchase);

        await AnnounceAsync("crashed.jsonl");
        await head.UntilAsync(() => Task.FromResult(head.Provider.ReadLedger().Jobs.Values.Sum() > jobs), "the job is there", Token);
        await head.Host.CrashWorkerAsync(Token);

        RunRow run = await head.EndAsync("crashed.jsonl", Token);
        Assert.True(run.Status is RunStatus.Succeeded, run.Detail);
        Assert.Equal(1, head.Jobs(run));
        Assert.True(head.Host.Durable.Calls.Count(IsPurchase) - calls > 1, "The purchase was not given out again: nothing was proved.");
    }

    /// <summary>The instance stays as it is, and its status says why.</summary>
    [Fact]
    public async Task Turn_GivesOutNothing_WhenItsHistoryIsOfAnotherWorkflow()
    {
        OrchestratorRequest turn = RecordedTurn.Read("2026-11-21-job-created").Request;
        turn.PastEvents.First(happened => happened.TaskScheduled is not null).TaskScheduled.Name = "SomethingElse";

        OrchestratorResponse answer = await head.Host.Durable.DecideAsync(turn, Token);

        Assert.Empty(answer.Actions);
        Assert.Contains("Non-Deterministic workflow detected", answer.CustomStatus);
    }

    /// <summary>A deployment that was a mistake, and its undoing; parked where nothing was to come but the event that the parked turn had used up.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-job")] // the workflow that follows it
    public async Task Run_GoesOnAndEndsWell_WhenTheRightCodeIsDeployedAgain(string suffix)
    {
        string dataset = $"parked{suffix}.jsonl";
        await head.DropAsync(dataset, string.Join('\n', Examples.Skip(6 + suffix.Length)), Token);
        head.Host.Durable.OtherBuild = DecideAsAnotherBuildAsync;
        await AnnounceAsync(dataset);
        string runId = (await RunOfAsync(dataset)).RunId;
        await head.UntilAsync(
            async () => (await head.Host.Durable.FindAsync(runId + suffix, Token))?.CustomStatus?.Contains("another build", StringComparison.Ordinal) is true,
            $"{runId}{suffix} is parked",
            Token);

        head.Host.Durable.OtherBuild = null;
        await head.UntilAsync(
            async () =>
            {
                await TickAsync();
                return (await RunOfAsync(dataset)).Status is not RunStatus.Running;
            },
            "the sweep makes the run go on",
            Token);

        RunRow run = await head.EndAsync(dataset, Token);
        Assert.True(run.Status is RunStatus.Succeeded, run.Detail);
        Assert.Equal(1, head.Jobs(run));
        Assert.DoesNotContain(head.Provider.ReadLedger().StoredFiles, file => file.Filename.StartsWith(run.Key!, StringComparison.Ordinal));

        async Task<OrchestratorResponse> DecideAsAnotherBuildAsync(OrchestratorRequest turn, CancellationToken stopping)
        {
            OrchestratorRequest other = turn.Clone();
            if (turn.InstanceId.EndsWith("-job", StringComparison.Ordinal) == (suffix is "-job") && other.PastEvents.FirstOrDefault(happened => happened.TaskScheduled is not null) is { } step)
            {
                step.TaskScheduled.Name = "SomethingElse";
            }

            OrchestratorResponse answer = await head.Host.Durable.DecideAsync(other, stopping);
            answer.CustomStatus = answer.CustomStatus?.Replace(WorkflowBuild.Id, "another build", StringComparison.Ordinal);
            return answer;
        }
    }

    [Fact]
    public async Task CancelRequest_EndsTheRun_WhileItIsUnderWay()
    {
        await head.DropAsync("unwanted.jsonl", string.Join('\n', Examples.Skip(3)), Token);
        using HttpResponseMessage started = await SendAsync(HttpMethod.Post, "api/runs", JsonContent.Create(new { dataset = "unwanted.jsonl" }));

        using HttpResponseMessage cancelled = await SendAsync(HttpMethod.Post, $"{started.Headers.Location!.OriginalString}/cancel");

        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.Equal(RunStatus.Cancelled, (await head.EndAsync("unwanted.jsonl", Token)).Status);
    }

    [Fact]
    public async Task Request_IsToldWhatIsWrong_WhenTheDatasetIsNotThere()
    {
        using HttpResponseMessage refused = await SendAsync(HttpMethod.Post, "api/runs", JsonContent.Create(new { dataset = "nowhere.jsonl" }));

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Contains("There is no dataset 'nowhere.jsonl'", await refused.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Request_IsRefused_WhenItHasNoKey()
    {
        foreach (WorkerFunction function in (await head.Host.Worker).Functions.Where(function => function.TriggerType is "httpTrigger"))
        {
            using HttpRequestMessage request = new(new HttpMethod(function.Methods[0]), $"api/{function.Route}");

            using HttpResponseMessage answer = await head.Host.Http.SendAsync(request, Token);

            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized, $"{function.Name} answered {answer.StatusCode}.");
        }
    }

    private ValueTask<RunRow> RunOfAsync(string dataset)
        => head.Ledger.ListRunsAsync(Token).SingleAsync(run => run.Dataset.Name == dataset, Token);

    private static bool IsPurchase(string function) => function is "CreateJob";

    private async Task AnnounceAsync(string name)
        => AssertSucceeded(Assert.Single(await head.Host.Blobs.AnnounceAsync("datasets", name, Token)));

    private async Task TickAsync()
    {
        LoadedWorker worker = await head.Host.Worker;
        AssertSucceeded(await worker.InvokeAsync(
            new Invocation(worker.Named("SweepOnTimer"), new TypedData { Json = """{ "IsPastDue": false }""" }), Token));
    }

    private static void AssertSucceeded(InvocationResponse answer)
        => Assert.True(answer.Result.Status is StatusResult.Types.Status.Success, answer.Result.Exception?.Message);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? body = null)
    {
        using HttpRequestMessage request = new(method, address) { Content = body };
        request.Headers.Add("x-functions-key", StandInHost.Key);
        return await head.Host.Http.SendAsync(request, Token);
    }
}
