using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests.Serving;

/// <summary>Everything a person can ask over HTTP, asked over HTTP.</summary>
public sealed class HttpApiTests(IdleServer idle) : IClassFixture<IdleServer>
{
    [Fact]
    public async Task Routes_TellTheWholeStory_WhenARunWasStartedByARequest()
    {
        await using Scene scene = await Scene.OpenAsync();
        using Server server = await Server.StartAsync(scene);
        scene.Drop("lamps.jsonl", ChatDataset.On("lamp"));

        RunView started = await server.StartRunAsync("lamps.jsonl");
        RunView ended = await server.EndOfAsync(started.RunId);
        RunView again = await server.StartRunAsync("lamps.jsonl");

        Assert.Equal((RunStatus.Succeeded, started.RunId), (ended.Status, again.RunId));
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 0, "the uploaded file is deleted");
        await Books.AgreeOnSuccessAsync(scene, ended);
        Assert.Equal(ended.RunId, Assert.Single(await server.GetAsync("api/runs?status=Succeeded", FineTuneJson.Default.RunViewArray)).RunId);
        Assert.Empty(await server.GetAsync("api/runs?status=Failed", FineTuneJson.Default.RunViewArray));
        Assert.Equal(ended.ModelId, Assert.Single(await server.GetAsync("api/models", FineTuneJson.Default.ModelViewArray)).ModelId);
        RunEvent[] events = await server.GetAsync($"api/runs/{ended.RunId}/events", FineTuneJson.Default.RunEventArray);
        Assert.Equal(await scene.Emulator.EventIdsAsync(ended.JobId!), events.Select(told => told.Id));
        JsonElement report = await server.Http.GetFromJsonAsync<JsonElement>($"api/runs/{ended.RunId}/report", TestContext.Current.CancellationToken);
        Assert.Equal(12, report.GetProperty("examples").GetInt32());
        using HttpRequestMessage browser = new(HttpMethod.Get, $"api/runs/{ended.RunId}/report") { Headers = { { "Accept", "text/html,*/*;q=0.8" } } };
        using HttpResponseMessage page = await server.Http.SendAsync(browser, TestContext.Current.CancellationToken);
        string html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("lamps.jsonl", html, StringComparison.Ordinal);
        Assert.DoesNotContain("to the left", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostRuns_TrainsWithTheGraderInItsBody()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Drop("sums.jsonl", await File.ReadAllTextAsync(Repository.Sample("lamp-sums.jsonl"), TestContext.Current.CancellationToken));
        scene.Drop("sums.validation.jsonl", await File.ReadAllTextAsync(Repository.Sample("lamp-sums.validation.jsonl"), TestContext.Current.CancellationToken));
        using Server server = await Server.StartAsync(scene);
        var grader = new { type = "string_check", input = "{{sample.output_text}}", reference = "{{item.answer}}", operation = "eq" };

        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(
            "api/runs", new { dataset = "sums.jsonl", runId = "graded", model = "o4-mini", method = "reinforcement", grader }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(RunStatus.Succeeded, (await server.EndOfAsync("graded")).Status);
    }

    [Theory]
    [InlineData("GET", "api/runs/ft-nobody", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "api/runs/ft-nobody/events", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "api/runs/ft-nobody/report", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "api/runs/ft-nobody/cancel", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "api/runs/ft-nobody/decision", """{"approved":true,"by":"me"}""", HttpStatusCode.NotFound)]
    [InlineData("POST", "api/runs/ft-nobody/decision", """{"by":"me"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "api/runs", null, HttpStatusCode.BadRequest)]
    [InlineData("POST", "api/runs", "null", HttpStatusCode.BadRequest)]
    [InlineData("POST", "api/runs", """{"dataset":"lamps.jsonl","epochs":"many"}""", HttpStatusCode.BadRequest)]
    [InlineData("GET", "api/runs?limit=0", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "api/runs?limit=few", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "api/lineage/nobody", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "api/runs", """{"dataset":"nowhere.jsonl"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "api/runs", """{"dataset":"../../etc/passwd"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "api/runs", """{"dataset":"..%2f..%2fetc%2fpasswd.jsonl"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "api/runs", "{}", HttpStatusCode.BadRequest)]
    [InlineData("POST", "api/runs", "{", HttpStatusCode.BadRequest)]
    [InlineData("POST", "api/runs", """{"dataset":"lamps.jsonl","n_epochs":3}""", HttpStatusCode.BadRequest)]
    [InlineData("GET", "api/runs?status=Sideways", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "api/aliases/nobody", null, HttpStatusCode.NotFound)]
    [InlineData("PUT", "api/aliases/nobody", """{"model":"ft:nothing","by":"me"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "api/aliases/nobody/rollback", """{"by":"me"}""", HttpStatusCode.BadRequest)]
    [InlineData("GET", "api/nothing", null, HttpStatusCode.NotFound)]
    [InlineData("DELETE", "api/runs", null, HttpStatusCode.MethodNotAllowed)]
    public async Task Routes_AnswerWithAProblem_WhenTheyCannotDoWhatIsAsked(string method, string path, string? body, HttpStatusCode expected)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, mediaType: new("application/json"));

        using HttpResponseMessage answer = await idle.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((expected, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        string problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual("", JsonSerializer.Deserialize<JsonElement>(problem).GetProperty("detail").GetString());
        Assert.All(["   at ", "FineTune.", ".NET", "parameter", "Nullable"], ours => Assert.DoesNotContain(ours, problem, StringComparison.Ordinal));
        Assert.DoesNotContain(idle.DataFolder, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", null)]
    [InlineData("127.0.0.1.evil.example", null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    public async Task Server_TurnsRequestsAway_WhenTheyComeFromElsewhere(string? host, string? origin)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "api/runs");
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using HttpResponseMessage answer = await idle.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task OpenApi_ListsEveryRoute()
    {
        JsonElement document = await idle.Http.GetFromJsonAsync<JsonElement>("openapi/v1.json", TestContext.Current.CancellationToken);

        string[] routes =
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from verb in path.Value.EnumerateObject()
               select $"{verb.Name} {path.Name}",
        ];
        Assert.Equal(
            [
                "get /api/aliases/{alias}", "get /api/budget", "get /api/lineage/{subject}", "get /api/models", "get /api/runs",
                "get /api/runs/{runId}", "get /api/runs/{runId}/events", "get /api/runs/{runId}/report",
                "post /api/aliases/{alias}/rollback", "post /api/runs", "post /api/runs/{runId}/cancel", "post /api/runs/{runId}/decision",
                "post /api/runs/{runId}/pause", "post /api/runs/{runId}/resume", "post /api/sweep", "post /webhooks/provider",
                "put /api/aliases/{alias}",
            ],
            routes.Order(StringComparer.Ordinal));
    }
}
