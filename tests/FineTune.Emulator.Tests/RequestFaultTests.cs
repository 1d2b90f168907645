using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FineTune.Emulator.Faults;

namespace FineTune.Emulator.Tests;

/// <summary>Faults that happen to a request.</summary>
public sealed class RequestFaultTests : EmulatorTest
{
    private static readonly FaultMatch OnCreate = new() { Method = "POST", Path = "/v1/fine_tuning/jobs" };

    [Fact]
    public async Task FailBefore_AnswersTheScriptAndDoesNothing()
    {
        Server.AddFault(new Fault
        {
            Kind = FaultKind.FailBefore,
            Match = OnCreate,
            Status = 429,
            RetryAfter = "3",
            Code = "rate_limit_exceeded",
        });
        string file = await Client.UploadIdAsync(Dataset.Chat());

        var refused = await Client.CreateAsync(file, Key());
        await Client.CreateIdAsync(file, Key());

        Assert.Equal("3", refused.Headers.GetValues("Retry-After").Single());
        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.TooManyRequests, refused);
        Assert.Equal("rate_limit_exceeded", error.GetProperty("code").GetString());
        AssertPostsAndJobs(posts: 2, jobs: 1);
    }

    [Fact]
    public async Task FailBefore_SendsBodyAndHeadersVerbatim()
    {
        Server.AddFault(new Fault
        {
            Kind = FaultKind.FailBefore,
            Match = OnCreate,
            Status = 503,
            Body = "<html>busy</html>",
            Headers = new() { ["Content-Type"] = "text/html" },
        });

        var response = await Client.CreateAsync("file-none");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.False(response.Headers.Contains("Retry-After"));
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("<html>busy</html>", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task CommitThenDrop_MakesTheJobAndAnswersNobody()
    {
        Server.AddFault(new Fault { Kind = FaultKind.CommitThenDrop, Match = OnCreate });
        string file = await Client.UploadIdAsync(Dataset.Chat());

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.CreateAsync(file, Key()));

        AssertPostsAndJobs(posts: 1, jobs: 1);
        Assert.Equal(0, (await LastRequestAsync("/v1/fine_tuning/jobs")).Status);
    }

    [Fact]
    public async Task CommitThenDrop_KeepsTheFile_WhenTheAnswerToAnUploadIsLost()
    {
        Server.AddFault(new Fault { Kind = FaultKind.CommitThenDrop, Match = new() { Method = "POST", Path = "/v1/files" } });

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.UploadAsync(Dataset.Chat()));

        Assert.Single(Server.ReadLedger().StoredFiles);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(10_000_000)]
    public async Task ResetMidUpload_KeepsNothing(long afterBytes)
    {
        Server.AddFault(new Fault
        {
            Kind = FaultKind.ResetMidUpload,
            Match = new() { Method = "POST", Path = "/v1/files" },
            AfterBytes = afterBytes,
        });

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.UploadAsync(Dataset.Chat(examples: 5000)));

        Assert.Empty(Server.ReadLedger().StoredFiles);
        await Client.UploadIdAsync(Dataset.Chat());
    }

    [Fact]
    public async Task GarbledBody_CommitsAndAnswersHalfTheJson()
    {
        Server.AddFault(new Fault { Kind = FaultKind.GarbledBody, Match = OnCreate });
        string file = await Client.UploadIdAsync(Dataset.Chat());

        var response = await Client.CreateAsync(file, Key());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        string body = await response.Content.ReadAsStringAsync(Token);
        Assert.ThrowsAny<JsonException>(() => JsonElement.Parse(body));
        AssertPostsAndJobs(posts: 1, jobs: 1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("<html></html>")]
    public async Task GarbledBody_CommitsAndAnswersTheScript(string body)
    {
        Server.AddFault(new Fault { Kind = FaultKind.GarbledBody, Match = OnCreate, Body = body });
        string file = await Client.UploadIdAsync(Dataset.Chat());

        var response = await Client.CreateAsync(file, Key());

        Assert.Equal(body, await response.Content.ReadAsStringAsync(Token));
        AssertPostsAndJobs(posts: 1, jobs: 1);
    }

    [Fact]
    public async Task GarbledBody_CutsTheConnection_WhenBytesAreGiven()
    {
        Server.AddFault(new Fault { Kind = FaultKind.GarbledBody, Match = OnCreate, AfterBytes = 40 });
        string file = await Client.UploadIdAsync(Dataset.Chat());

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.CreateAsync(file, Key()));

        AssertPostsAndJobs(posts: 1, jobs: 1);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Delay_HoldsTheAnswerBeforeOrAfterTheWork(bool afterCommit, int jobsMeanwhile)
    {
        Server.AddFault(new Fault { Kind = FaultKind.Delay, Match = OnCreate, Seconds = 30, AfterCommit = afterCommit });
        string file = await Client.UploadIdAsync(Dataset.Chat());

        var create = Client.CreateAsync(file, Key());
        while (Clock.WaitingTimers == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(jobsMeanwhile, Server.ReadLedger().Jobs.Count);
        Clock.Advance(TimeSpan.FromSeconds(30));
        await EmulatorClient.JsonAsync(await create);
        AssertPostsAndJobs(posts: 1, jobs: 1);
    }

    [Fact]
    public async Task Faults_MeetOnlyTheRequestsTheyName()
    {
        var secondAndThird = new FaultMatch { Method = "GET", Path = "/v1/files/*", Nth = 2, Times = 2 };
        Server.AddFault(new Fault { Kind = FaultKind.FailBefore, Match = secondAndThird });
        string file = await Client.UploadIdAsync(Dataset.Chat());
        var statuses = new List<int>();
        for (int i = 0; i < 5; i++)
        {
            statuses.Add((int)(await Client.Http.GetAsync($"files/{file}", Token)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await Client.Http.GetAsync($"files/{file}/content", Token)).StatusCode);
        }

        Assert.Equal([200, 500, 500, 200, 200], statuses);
    }

    [Fact]
    public async Task Script_IsWrittenReadAndClearedOverHttp()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Server.BaseAddress, "/emulator/") };
        var fault = new { kind = "fail-before", match = new { method = "GET", path = "/v1/**" }, status = 502, retry_after = "1" };
        var added = await EmulatorClient.JsonAsync(await http.PostAsJsonAsync("faults", fault, Token));
        await Client.Http.GetAsync("models", Token);

        var listed = (await EmulatorClient.JsonAsync(await http.GetAsync("faults", Token))).GetProperty("data")[0];
        Assert.Equal(added.GetProperty("id").GetString(), listed.GetProperty("id").GetString());
        Assert.Equal(1, listed.GetProperty("fired").GetInt32());

        var removed = await EmulatorClient.JsonAsync(await http.DeleteAsync($"faults/{added.GetProperty("id").GetString()}", Token));
        Assert.Equal(1, removed.GetProperty("removed").GetInt32());
        Assert.Empty(Server.Faults());
    }

    [Fact]
    public async Task Script_MeetsTheNextRequest_WhenItNamesNone()
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        await EmulatorClient.JsonAsync(await http.PostAsJsonAsync("/emulator/faults", new { kind = "fail-before", status = 503 }, Token));

        var first = await Client.Http.GetAsync("models", Token);
        var second = await Client.Http.GetAsync("models", Token);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
    }

    [Theory]
    [InlineData("{\"kind\":\"explode\"}")]
    [InlineData("{\"kind\":\"delay\",\"secondz\":3}")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"delay\",\"seconds\":-1}")]
    [InlineData("{\"kind\":\"list-lag\",\"seconds\":1e300}")]
    [InlineData("{\"kind\":\"fail-before\",\"status\":42}")]
    [InlineData("{\"kind\":\"delay\",\"match\":{\"nth\":0}}")]
    [InlineData("{\"kind\":\"delay\",\"match\":{\"times\":-1}}")]
    public async Task Script_IsRefused_WhenItCannotBeMeant(string fault)
    {
        using var body = new StringContent(fault, Encoding.UTF8, "application/json");
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };

        await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, await http.PostAsync("/emulator/faults", body, Token));
    }

    private static object Key() => new { metadata = new { ft_key = "K" } };

    private void AssertPostsAndJobs(int posts, int jobs)
    {
        var ledger = Server.ReadLedger();
        Assert.Equal((posts, jobs), (ledger.JobPosts["K"], ledger.Jobs["K"]));
    }

    /// <summary>The line is written when the server is done with a request, which for a dropped one is after the client gave up.</summary>
    private async Task<Ledger.LedgerRequest> LastRequestAsync(string path)
    {
        while (true)
        {
            if (Server.ReadLedger().Log.LastOrDefault(r => r.Path == path) is { } request)
            {
                return request;
            }

            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
