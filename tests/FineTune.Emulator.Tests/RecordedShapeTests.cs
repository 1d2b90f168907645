using System.Net.Http.Json;
using System.Text.Json;

namespace FineTune.Emulator.Tests;

/// <summary>The wire, field by field, against traffic recorded from the real service.</summary>
public sealed class RecordedShapeTests : EmulatorTest
{
    [Fact]
    public async Task CreateAndCancel_LookAsRecorded_WhenAllParametersAreGiven()
    {
        var recording = Recording.Open("AllParameters");
        string training = await Client.UploadIdAsync(Dataset.Chat());
        string validation = await Client.UploadIdAsync(Dataset.Chat());
        var body = recording.Request(0).Deserialize<Dictionary<string, JsonElement>>()!;
        body["training_file"] = JsonElement.Parse($"\"{training}\"");
        body["validation_file"] = JsonElement.Parse($"\"{validation}\"");

        var created = await Client.PostAsync("fine_tuning/jobs", body);
        var cancelled = await Client.PostAsync($"fine_tuning/jobs/{created.GetProperty("id").GetString()}/cancel");

        Wire.AssertAlike(recording.Response(0), created);
        Wire.AssertAlike(recording.Response(1), cancelled);
    }

    [Fact]
    public async Task CreateAndCancel_LookAsRecorded_WhenOnlyTheRequiredIsGiven()
    {
        var recording = Recording.Open("MinimalRequiredParams");
        string training = await Client.UploadIdAsync(Dataset.Chat());

        var created = await Client.PostAsync("fine_tuning/jobs", new { model = "gpt-3.5-turbo", training_file = training });
        var cancelled = await Client.PostAsync($"fine_tuning/jobs/{created.GetProperty("id").GetString()}/cancel");

        Wire.AssertAlike(recording.Response(0), created, "seed");
        Wire.AssertAlike(recording.Response(1), cancelled, "seed");
    }

    [Fact]
    public async Task NewestEvent_LooksAsRecorded_WhenTheJobIsFresh()
    {
        var recording = Recording.Open("GetJobEvents");
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string job = await Client.CreateIdAsync(file, new { model = "gpt-3.5-turbo" });

        var events = await Client.GetAsync($"fine_tuning/jobs/{job}/events?limit=1");

        Wire.AssertAlike(recording.Response(2), events, "message");
        Assert.Equal($"Validating training file: {file}", events.GetProperty("data")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task SucceededJobAndItsCheckpoints_LookAsRecorded()
    {
        var recording = Recording.Open("GetCheckpoints");
        string file = await Client.UploadIdAsync(Dataset.Chat(examples: 10));
        string id = await Client.CreateIdAsync(file, new { model = "gpt-3.5-turbo" });
        PassAnHour();

        var job = await Client.JobAsync(id);
        var checkpoints = await Client.GetAsync($"fine_tuning/jobs/{id}/checkpoints");

        Wire.AssertAlike(recording.Jobs().First(j => Wire.StatusOf(j) == "succeeded"), job, "seed", "trained_tokens");
        Wire.AssertAlike(recording.Response(1), checkpoints, "train_loss", "train_mean_token_accuracy");
        for (int i = 0; i < 3; i++)
        {
            var recorded = recording.Response(1).GetProperty("data")[i];
            Wire.AssertAlike(recorded, checkpoints.GetProperty("data")[i], "train_loss", "train_mean_token_accuracy");
        }
    }

    [Fact]
    public async Task FailedJob_LooksAsRecorded_WhenItsTrainingFileWasDeleted()
    {
        var recording = Recording.Open("GetCheckpoints");
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string job = await Client.CreateIdAsync(file, new { model = "gpt-3.5-turbo" });
        await Client.DeleteAsync($"files/{file}");

        Wire.AssertAlike(recording.Jobs().First(j => Wire.StatusOf(j) == "failed"), await Client.JobAsync(job), "seed");
    }

    [Fact]
    public async Task JobPages_LookAsRecorded()
    {
        var recording = Recording.Open("GetJobs");
        string file = await Client.UploadIdAsync(Dataset.Chat());
        for (int i = 0; i < 21; i++)
        {
            string job = await Client.CreateIdAsync(file, new { model = "gpt-3.5-turbo" });
            await Client.PostAsync($"fine_tuning/jobs/{job}/cancel");
        }

        var page = await Client.GetAsync("fine_tuning/jobs");

        Wire.AssertAlike(recording.Response(0), page, "seed");
        Assert.Equal(recording.Response(0).GetProperty("data").GetArrayLength(), page.GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("ExceptionThrownOnInvalidFileName", false)]
    [InlineData("ExceptionThrownOnInvalidModelName", true)]
    [InlineData("ExceptionThrownOnInvalidValidationIdAsync", true)]
    public async Task RefusedJobs_GetTheRecordedAnswer(string name, bool trainingFileExists)
    {
        var recording = Recording.Open(name);
        var body = recording.Request(0).Deserialize<Dictionary<string, JsonElement>>()!;
        if (trainingFileExists)
        {
            body["training_file"] = JsonElement.Parse($"\"{await Client.UploadIdAsync(Dataset.Chat())}\"");
        }

        var response = await Client.Http.PostAsJsonAsync("fine_tuning/jobs", body, Token);

        Assert.Equal(recording.Status(0), (int)response.StatusCode);
        await AssertBodyAsync(recording.Response(0), response);
    }

    [Fact]
    public async Task Files_LookAsRecorded()
    {
        var recording = Recording.Open("files/GetFile");
        using var form = EmulatorClient.Form(new string('x', 50), "test-file-delete-me.txt", "assistants");

        var uploaded = await EmulatorClient.JsonAsync(await Client.Http.PostAsync("files", form, Token));
        var read = await Client.GetAsync($"files/{uploaded.GetProperty("id").GetString()}");
        var deleted = await Client.DeleteAsync($"files/{uploaded.GetProperty("id").GetString()}");

        Wire.AssertAlike(recording.Response(0), uploaded);
        Wire.AssertAlike(recording.Response(1), read);
        Wire.AssertAlike(recording.Response(2), deleted);
    }

    [Fact]
    public async Task File_KeepsANonAsciiName_AsRecorded()
    {
        var recording = Recording.Open("files/NonAsciiFilename");

        var file = await EmulatorClient.JsonAsync(await Client.UploadAsync(new string('x', 33), "你好.txt", "assistants"));

        Wire.AssertAlike(recording.Response(0), file);
    }

    [Theory]
    [InlineData("files/GetFileCanParseServiceError", "GET", "files/fake_id")]
    [InlineData("files/DeleteFileCanParseServiceError", "DELETE", "files/fake_id")]
    [InlineData("files/DownloadFileCanParseServiceError", "GET", "files/fake_id/content")]
    public async Task MissingFiles_GetTheRecordedAnswer(string name, string method, string path)
    {
        var recording = Recording.Open(name);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var response = await Client.Http.SendAsync(request, Token);

        Assert.Equal(recording.Status(0), (int)response.StatusCode);
        await AssertBodyAsync(recording.Response(0), response);
    }

    [Fact]
    public async Task UploadForAnUnknownPurpose_GetsTheRecordedAnswer()
    {
        var recording = Recording.Open("files/UploadFileCanParseServiceError");

        var response = await Client.UploadAsync("x", "picture.png", "world_domination");

        Assert.Equal(recording.Status(0), (int)response.StatusCode);
        await AssertBodyAsync(recording.Response(0), response);
    }

    private static async Task AssertBodyAsync(JsonElement recorded, HttpResponseMessage response)
    {
        var found = JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.True(JsonElement.DeepEquals(recorded, found), $"expected {recorded.GetRawText()}, found {found.GetRawText()}");
    }
}
