using System.Net;
using System.Text.Json;

namespace FineTune.Emulator.Tests;

public sealed class JobLifeTests : EmulatorTest
{
    [Fact]
    public async Task Job_GoesThroughEveryStatus_AsTimePasses()
    {
        string job = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));
        var seen = new List<string>();
        for (int second = 0; second < 120; second++)
        {
            string status = await Client.StatusAsync(job);
            if (seen.LastOrDefault() != status)
            {
                seen.Add(status);
            }

            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["validating_files", "queued", "running", "succeeded"], seen);
    }

    [Fact]
    public async Task Job_NamesModelTokensAndResultFile_WhenItSucceeds()
    {
        string id = await SucceedAsync(new { suffix = "counter" });

        var job = await Client.JobAsync(id);

        Assert.Matches("^ft:gpt-4o-mini-2024-07-18:emulator:counter:[0-9A-Za-z]{8}$", job.GetProperty("fine_tuned_model").GetString());
        Assert.True(job.GetProperty("trained_tokens").GetInt64() > 0);
        Assert.True(job.GetProperty("finished_at").GetInt64() > job.GetProperty("created_at").GetInt64());
        string result = job.GetProperty("result_files")[0].GetString()!;
        var file = await Client.GetAsync($"files/{result}");
        Assert.Equal("fine-tune-results", file.GetProperty("purpose").GetString());
    }

    [Fact]
    public async Task Job_ShowsAutoUntilItRuns_WhenHyperparametersWereNotGiven()
    {
        string id = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));
        var early = (await Client.JobAsync(id)).GetProperty("hyperparameters");
        PassAnHour();
        var late = (await Client.JobAsync(id)).GetProperty("hyperparameters");

        Assert.Equal("auto", early.GetProperty("n_epochs").GetString());
        Assert.Equal(8, late.GetProperty("n_epochs").GetInt32());
        Assert.Equal(1, late.GetProperty("batch_size").GetInt32());
    }

    [Fact]
    public async Task Job_WaitsForItsFile_WhenProcessingTakesLongerThanValidating()
    {
        await using var slow = await EmulatorServer.StartAsync(
            new EmulatorOptions { FileProcessing = TimeSpan.FromMinutes(45) }, Clock, Token);
        using var client = new EmulatorClient(slow.BaseAddress);
        string file = await client.UploadIdAsync(Dataset.Chat());
        string job = await client.CreateIdAsync(file);

        Clock.Advance(TimeSpan.FromMinutes(44));
        Assert.Equal("uploaded", (await client.GetAsync($"files/{file}")).GetProperty("status").GetString());
        Assert.Equal("validating_files", await client.StatusAsync(job));

        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("processed", (await client.GetAsync($"files/{file}")).GetProperty("status").GetString());
        Assert.Equal("running", await client.StatusAsync(job));
    }

    [Fact]
    public async Task Cancel_LeavesNoFinishedAtAndNoTokens_WhenTheJobRuns()
    {
        string id = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));
        Clock.Advance(TimeSpan.FromSeconds(40));

        await Client.PostAsync($"fine_tuning/jobs/{id}/cancel");
        PassAnHour();

        var job = await Client.JobAsync(id);
        Assert.Equal("cancelled", job.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, job.GetProperty("finished_at").ValueKind);
        Assert.Equal(JsonValueKind.Null, job.GetProperty("trained_tokens").ValueKind);
        Assert.Empty(job.GetProperty("error").EnumerateObject());
    }

    [Fact]
    public async Task Cancel_IsRefused_WhenTheJobIsFinal()
    {
        string id = await SucceedAsync();

        var response = await Client.Http.PostAsync($"fine_tuning/jobs/{id}/cancel", content: null, Token);

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, response);
        Assert.Contains("its status is succeeded", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Pause_HoldsTheJobForAsLongAsItLasts()
    {
        string id = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));
        Clock.Advance(TimeSpan.FromSeconds(40));

        await Client.PostAsync($"fine_tuning/jobs/{id}/pause");
        PassAnHour();
        string held = await Client.StatusAsync(id);
        await Client.PostAsync($"fine_tuning/jobs/{id}/resume");
        string resumed = await Client.StatusAsync(id);
        Clock.Advance(TimeSpan.FromSeconds(44));
        string almost = await Client.StatusAsync(id);
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(("paused", "running", "running", "succeeded"), (held, resumed, almost, await Client.StatusAsync(id)));
        var job = await Client.JobAsync(id);
        Assert.Equal(3600 + 85, job.GetProperty("finished_at").GetInt64() - job.GetProperty("created_at").GetInt64());
    }

    [Fact]
    public async Task Resume_IsRefused_WhenTheJobIsNotPaused()
    {
        string id = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));

        var response = await Client.Http.PostAsync($"fine_tuning/jobs/{id}/resume", content: null, Token);

        await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, response);
    }

    [Fact]
    public async Task Lists_AreNewestFirst_AndPageByCursor()
    {
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string[] ids = [await Client.CreateIdAsync(file), await Client.CreateIdAsync(file), await Client.CreateIdAsync(file)];

        var first = await Client.GetAsync("fine_tuning/jobs?limit=2");
        var second = await Client.GetAsync($"fine_tuning/jobs?limit=2&after={ids[1]}");

        Assert.Equal([ids[2], ids[1]], EmulatorClient.Ids(first));
        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.Equal([ids[0]], EmulatorClient.Ids(second));
        Assert.False(second.GetProperty("has_more").GetBoolean());
    }

    [Fact]
    public async Task List_ReturnsOnlyMatchingJobs_WhenFilteredByMetadata()
    {
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string mine = await Client.CreateIdAsync(file, new { metadata = new { ft_key = "mine", other = "x" } });
        await Client.CreateIdAsync(file, new { metadata = new { ft_key = "theirs" } });
        string bare = await Client.CreateIdAsync(file);

        Assert.Equal([mine], EmulatorClient.Ids(await Client.GetAsync("fine_tuning/jobs?metadata%5Bft_key%5D=mine")));
        Assert.Equal([mine], EmulatorClient.Ids(await Client.GetAsync("fine_tuning/jobs?metadata[ft_key]=mine&metadata[other]=x")));
        Assert.Empty(EmulatorClient.Ids(await Client.GetAsync("fine_tuning/jobs?metadata[ft_key]=mine&metadata[other]=y")));
        Assert.Equal([bare], EmulatorClient.Ids(await Client.GetAsync("fine_tuning/jobs?metadata=null")));
    }

    [Fact]
    public async Task Job_TunesATunedModelFurther()
    {
        string first = await SucceedAsync();
        string tuned = (await Client.JobAsync(first)).GetProperty("fine_tuned_model").GetString()!;

        string second = await SucceedAsync(new { model = tuned });

        var job = await Client.JobAsync(second);
        Assert.Equal(tuned, job.GetProperty("model").GetString());
        Assert.StartsWith("ft:gpt-4o-mini-2024-07-18:emulator:", job.GetProperty("fine_tuned_model").GetString());
    }

    [Fact]
    public async Task Job_NeverEnds_WhileItIsPausedFromTheStart()
    {
        string id = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));
        await Client.PostAsync($"fine_tuning/jobs/{id}/pause");
        PassAnHour();

        await Client.PostAsync($"fine_tuning/jobs/{id}/cancel");

        Assert.Equal("cancelled", await Client.StatusAsync(id));
    }

    [Fact]
    public async Task Job_CanBeFoundUnderAzuresPath()
    {
        string id = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));

        var job = await Client.GetAsync(new Uri(Server.BaseAddress, $"/openai/v1/fine_tuning/jobs/{id}").ToString());

        Assert.Equal(id, job.GetProperty("id").GetString());
    }
}
