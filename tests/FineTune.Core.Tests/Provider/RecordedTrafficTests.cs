using System.Text.Json;
using FineTune.Core.Tests.Activities;
using FineTune.Emulator.Faults;
using FineTune.Ports;

namespace FineTune.Core.Tests.Provider;

/// <summary>The real provider's recorded answers, served to the real client. Skipped where the recordings are not present.</summary>
public sealed class RecordedTrafficTests : ActivityTest
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "openai", "recorded"));

    [Theory]
    [InlineData("MinimalRequiredParams")]
    [InlineData("AllParametersAsync")]
    public async Task CreateJobAsync_TakesARecordedJobForOurs_WhenTheTrainingFileIs(string recording)
    {
        JsonElement recorded = Entry(recording, 0);
        Serve("POST", "/v1/fine_tuning/jobs", recorded);

        CreateJobAnswer answer = await CreateAsync(Body(recorded).GetProperty("training_file").GetString()!);
        Serve("POST", "/v1/fine_tuning/jobs", recorded);
        CreateJobAnswer ofAnotherFile = await CreateAsync("file-of-ours");

        ProviderJob job = Assert.IsType<CreateJobAnswer.Created>(answer).Job;
        Assert.Equal(Body(recorded).GetProperty("id").GetString(), job.Id);
        Assert.Null(job.Error);
        Assert.IsType<CreateJobAnswer.Ambiguous>(ofAnotherFile);
    }

    [Theory]
    [InlineData("ExceptionThrownOnInvalidFileName", null, "training_file")]
    [InlineData("ExceptionThrownOnInvalidValidationIdAsync", null, "validation_file")]
    [InlineData("ExceptionThrownOnInvalidModelName", "model_not_available", null)]
    public async Task CreateJobAsync_TakesARecordedRefusalForOne(string recording, string? code, string? param)
    {
        JsonElement recorded = Entry(recording, 0);
        Serve("POST", "/v1/fine_tuning/jobs", recorded);

        var rejected = Assert.IsType<CreateJobAnswer.Rejected>(await CreateAsync("file-1"));

        Assert.Equal((code, null), (rejected.Error.Code, rejected.RetryAfter));
        Assert.True(param is null || rejected.Error.Param == param, rejected.Error.Param);
        Assert.Equal(Body(recorded).GetProperty("error").GetProperty("message").GetString(), rejected.Error.Message);
    }

    [Fact]
    public async Task ListJobsAsync_ReadsEveryRecordedJob()
    {
        JsonElement recorded = Entry("GetJobs", 0);
        JsonElement[] expected = [.. Body(recorded).GetProperty("data").EnumerateArray()];
        Serve("GET", "/v1/fine_tuning/jobs", recorded);

        List<ProviderJob> jobs = await Api.ListJobsAsync(key: null, Token).Take(expected.Length).ToListAsync(Token);

        Assert.Equal(expected.Select(job => job.GetProperty("id").GetString()), jobs.Select(job => job.Id));
        Assert.Equal(expected.Select(job => job.GetProperty("status").GetString()), jobs.Select(job => job.Status.Value));
        Assert.Equal(expected.Select(job => job.GetProperty("fine_tuned_model").GetString()), jobs.Select(job => job.ModelId));
        Assert.All(jobs, job => Assert.True(job.Status == JobStatus.Failed || job.Error is null, $"{job.Id}: {job.Error}"));
    }

    [Fact]
    public async Task ReadEventsAsync_ReadsTheRecordedEvents()
    {
        JsonElement recorded = Entry("GetJobEvents", 2);
        Serve("GET", "/v1/fine_tuning/jobs/*/events", recorded);

        EventPage page = await Api.ReadEventsAsync("ftjob-1", after: null, Token);

        RunEvent told = Assert.Single(page.Events);
        Assert.True(page.HasMore);
        Assert.Equal(("info", "message", null), (told.Level, told.Type, told.Metrics));
        Assert.StartsWith("Validating training file: file-", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListCheckpointsAsync_ReadsTheRecordedCheckpoints()
    {
        JsonElement recorded = Entry("GetCheckpoints", 1);
        Serve("GET", "/v1/fine_tuning/jobs/*/checkpoints", recorded);

        IReadOnlyList<Checkpoint> checkpoints = await Api.ListCheckpointsAsync("ftjob-1", Token);

        Assert.Equal(Body(recorded).GetProperty("data").GetArrayLength(), checkpoints.Count);
        Assert.All(checkpoints, checkpoint => Assert.True(checkpoint is { Step: > 0, TrainLoss: not null } && checkpoint.ModelId.StartsWith("ft:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task FindFileAsync_IsNull_WhenTheRecordedAnswerSaysThereIsNone()
    {
        Serve("GET", "/v1/files/*", Entry(Path.Combine("files", "GetFileCanParseServiceError"), 0));
        Serve("DELETE", "/v1/files/*", Entry(Path.Combine("files", "DeleteFileCanParseServiceError"), 0));

        Assert.Null(await Api.FindFileAsync("fake_id", Token));
        await Api.DeleteFileAsync("fake_id", Token);
    }

    [Fact]
    public async Task FindFileAsync_ReadsARecordedFile()
    {
        JsonElement recorded = Entry(Path.Combine("files", "GetFile"), 1);
        Serve("GET", "/v1/files/*", recorded);

        ProviderFile file = (await Api.FindFileAsync("file-1", Token))!;

        Assert.Equal(Body(recorded).GetProperty("filename").GetString(), file.FileName);
        Assert.Equal((Body(recorded).GetProperty("bytes").GetInt64(), "processed"), (file.Bytes, file.Status));
    }

    private static JsonElement Entry(string recording, int entry)
    {
        string path = Path.Combine(Folder, recording + ".json");
        Assert.SkipUnless(File.Exists(path), $"No recorded traffic at {Folder}.");
        return JsonElement.Parse(File.ReadAllText(path)).GetProperty("Entries")[entry];
    }

    private static JsonElement Body(JsonElement entry) => entry.GetProperty("ResponseBody");

    private void Serve(string method, string path, JsonElement entry) => Script(FaultKind.GarbledBody, method, path, fault => fault with
    {
        Status = entry.GetProperty("StatusCode").GetInt32(),
        Body = Body(entry).GetRawText(),
    });

    private Task<CreateJobAnswer> CreateAsync(string file) => Api.CreateJobAsync(new NewJob(Key, Spec, file, null, 1), Token);
}
