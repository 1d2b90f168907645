using FineTune.Core.Tests.Activities;
using FineTune.Emulator.Faults;
using FineTune.Ports;

namespace FineTune.Core.Tests.Provider;

/// <summary>Answers as servers really give them: missing, null, empty, numbers as text, words nobody has heard of.</summary>
public sealed class TolerantReadingTests : ActivityTest
{
    [Fact]
    public async Task GetJobAsync_ReadsAHealthyJob_WhoseErrorIsAnEmptyObject()
    {
        ProviderJob job = await ReadJobAsync(
            """
            {"object":"fine_tuning.job","id":"ftjob-1","model":"gpt-3.5-turbo-0125","created_at":1758849620,"finished_at":null,
             "fine_tuned_model":null,"result_files":[],"status":"running","training_file":"file-1","trained_tokens":null,"error":{},
             "metadata":null,"usage_metrics":null,"shared_with_openai":false,"eval_id":null,"a_field_from_next_year":{"deep":[1,2]}}
            """);

        Assert.Equal(("ftjob-1", "running", "file-1"), (job.Id, job.Status.Value, job.TrainingFileId));
        Assert.Null(job.Error);
        Assert.Null(job.Key);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1758849620), job.CreatedAt);
    }

    [Theory]
    [InlineData("""{"id":"ftjob-1"}""")]
    [InlineData("""{"id":"ftjob-1","status":null,"model":null,"result_files":null,"error":null,"metadata":[],"created_at":null}""")]
    public async Task GetJobAsync_ReadsAJobThatSaysNext_ToNothing(string body)
    {
        ProviderJob job = await ReadJobAsync(body);

        Assert.False(job.Status.IsFinal);
        Assert.Empty(job.ResultFileIds);
    }

    [Fact]
    public async Task GetJobAsync_ReadsNumbersAsTextAndFilesAsObjects()
    {
        ProviderJob job = await ReadJobAsync(
            """{"id":"ftjob-1","status":"succeeded","trained_tokens":"5830","result_files":["file-1",{"id":"file-2"},{},7]}""");

        Assert.Equal(5830, job.TrainedTokens);
        Assert.Equal(["file-1", "file-2", "7"], job.ResultFileIds);
    }

    [Theory]
    [InlineData("1758849620000")]
    [InlineData("-62135596801000")]
    [InlineData("9223372036854775807")]
    public async Task GetJobAsync_ReadsAJob_WhateverItsTimeSays(string createdAt)
        => Assert.Equal("ftjob-1", (await ReadJobAsync($$"""{"id":"ftjob-1","created_at":{{createdAt}}}""")).Id);

    [Theory]
    [InlineData("""{"code":"exceeded_quota","message":"No money.","param":null}""", "exceeded_quota", "No money.")]
    [InlineData("""{"code":429,"message":"No money."}""", "429", "No money.")]
    [InlineData("""{"code":"only_a_code"}""", "only_a_code", "only_a_code")]
    public async Task GetJobAsync_ReadsWhyAJobFailed(string error, string code, string message)
    {
        ProviderJob job = await ReadJobAsync($$"""{"id":"ftjob-1","status":"failed","error":{{error}}}""");

        Assert.Equal(new ProviderError(code, null, message), job.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>busy</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":")]
    public async Task GetJobAsync_IsTriedAgainByTheRule_WhenTheAnswerIsNoJob(string body)
        => await Assert.ThrowsAsync<ProviderUnavailableException>(() => ReadJobAsync(body));

    [Fact]
    public async Task ReadEventsAsync_KeepsWordsItDoesNotKnow_AndNumbersOnly()
    {
        Serve(
            "GET",
            "/v1/fine_tuning/jobs/*/events",
            """
            {"object":"list","data":[
              {"id":"ev-2","created_at":1758849621,"level":"fatal","type":"moderation_checks","message":"a\nb","data":{"step":3,"name":"x","loss":null,"huge":1e999}},
              {"id":"ev-1","created_at":1758849620,"level":"info","message":"Created","data":{},"type":"message"},
              {"id":"ev-0"}]}
            """);

        EventPage page = await Api.ReadEventsAsync("ftjob-1", after: null, Token);

        Assert.False(page.HasMore);
        Assert.Equal(("fatal", "moderation_checks", "a b"), (page.Events[0].Level, page.Events[0].Type, page.Events[0].Message));
        Assert.Equal([new("step", 3)], page.Events[0].Metrics!);
        Assert.Null(page.Events[1].Metrics);
        Assert.Equal(("ev-0", "info", "message", ""), (page.Events[2].Id, page.Events[2].Level, page.Events[2].Type, page.Events[2].Message));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"object":"list","data":[],"has_more":true}""")]
    public async Task Lists_AreEmpty_WhenThereIsNothingInThem(string body)
    {
        Serve("GET", "/v1/fine_tuning/jobs", body);
        Serve("GET", "/v1/files", body);

        Assert.Empty(await Api.ListJobsAsync(key: null, Token).ToListAsync(Token));
        Assert.Empty(await Api.ListFilesAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Lists_End_WhenTheProviderHasOnePageForEveryCursor()
    {
        Script(
            FaultKind.GarbledBody, "GET", "/v1/files",
            fault => fault with { Body = """{"data":[{"id":"file-1"}],"has_more":true}""", Match = fault.Match! with { Times = 0 } });

        Assert.All(await Api.ListFilesAsync(Token).Take(9).ToListAsync(Token), file => Assert.Equal("file-1", file.Id));
        Assert.Equal(2, Requests("GET /v1/files"));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"No such File object: x","type":"invalid_request_error","param":"id","code":null},"detail":{}}""", "No such File object: x")]
    [InlineData(422, """{"error":"too long"}""", "it gave no reason")]
    [InlineData(410, "<html>gone</html>", "it gave no reason")]
    [InlineData(405, "", "it gave no reason")]
    public async Task Refusals_TellTheProvidersReason_WhereThereIsOne(int status, string body, string reason)
    {
        Emulator.AddFault(new Fault
        {
            Kind = FaultKind.FailBefore,
            Status = status,
            Body = body,
            Match = new FaultMatch { Method = "GET", Path = "/v1/models" },
        });

        var refused = await Assert.ThrowsAsync<ProviderRefusedException>(() => Api.ListModelsAsync(Token));

        Assert.Equal($"The provider refused with HTTP {status}: {reason}", refused.Message);
    }

    private void Serve(string method, string path, string body)
        => Script(FaultKind.GarbledBody, method, path, fault => fault with { Body = body });

    private Task<ProviderJob> ReadJobAsync(string body)
    {
        Serve("GET", "/v1/fine_tuning/jobs/*", body);
        return Api.GetJobAsync("ftjob-1", Token);
    }
}
