using System.Text.Json;
using FineTune.Emulator.Faults;

namespace FineTune.Emulator.Tests;

/// <summary>Faults that change what reads show.</summary>
public sealed class ReadFaultTests : EmulatorTest
{
    [Fact]
    public async Task ListLag_HidesNewJobsAndFilesFromListsOnly()
    {
        Server.AddFault(new Fault { Kind = FaultKind.ListLag, Seconds = 30 });
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string job = await Client.CreateIdAsync(file);

        Assert.Equal((0, 0), (await CountAsync("fine_tuning/jobs"), await CountAsync("files")));
        Assert.Equal("validating_files", await Client.StatusAsync(job));
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((1, 1), (await CountAsync("fine_tuning/jobs"), await CountAsync("files")));
    }

    [Fact]
    public async Task MetadataFilterIgnored_ListsEveryJob()
    {
        Server.AddFault(new Fault { Kind = FaultKind.MetadataFilterIgnored });
        await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()), new { metadata = new { ft_key = "theirs" } });

        Assert.Equal(1, await CountAsync("fine_tuning/jobs?metadata[ft_key]=mine"));
    }

    [Theory]
    [InlineData("/v1/fine_tuning/jobs/*", "pausing", "validating_files")]
    [InlineData("/v1/files/*", "pausing", "uploaded")]
    public async Task UnknownStatus_ShowsOnWhatItNamesUntilItsTimeIsUp(string path, string shown, string after)
    {
        Server.AddFault(new Fault { Kind = FaultKind.UnknownStatus, Match = new() { Path = path }, Value = shown, Seconds = 3 });
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string job = await Client.CreateIdAsync(file);
        string route = path.Contains("jobs", StringComparison.Ordinal) ? $"fine_tuning/jobs/{job}" : $"files/{file}";

        Assert.Equal(shown, (await Client.GetAsync(route)).GetProperty("status").GetString());
        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(after, (await Client.GetAsync(route)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task UnknownStatus_ShowsAFileInErrorWithItsReason()
    {
        Server.AddFault(new Fault { Kind = FaultKind.UnknownStatus, Value = "error", Message = "Could not be read." });

        var file = await Client.GetAsync($"files/{await Client.UploadIdAsync(Dataset.Chat())}");

        Assert.Equal("error", file.GetProperty("status").GetString());
        Assert.Equal("Could not be read.", file.GetProperty("status_details").GetString());
    }

    [Fact]
    public async Task DuplicateEvents_SendEveryEventTwice()
    {
        string job = await SucceedAsync();
        var clean = await IdsAsync(job);
        Server.AddFault(new Fault { Kind = FaultKind.DuplicateEvents });

        var doubled = await IdsAsync(job);

        Assert.Equal(clean.SelectMany(id => new[] { id, id }), doubled);
    }

    [Fact]
    public async Task ReorderEvents_SendThemInAnotherOrder()
    {
        string job = await SucceedAsync();
        var clean = await IdsAsync(job);
        Server.AddFault(new Fault { Kind = FaultKind.ReorderEvents });

        var shuffled = await IdsAsync(job);

        Assert.NotEqual(clean, shuffled);
        Assert.Equal(clean.Order(), shuffled.Order());
    }

    [Fact]
    public async Task ModelNullAfterSuccess_WithholdsTheModelForAWhile()
    {
        string job = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));
        Server.AddFault(new Fault { Kind = FaultKind.ModelNullAfterSuccess, Seconds = 300 });
        Clock.Advance(TimeSpan.FromSeconds(86));

        var early = await Client.JobAsync(job);
        Clock.Advance(TimeSpan.FromSeconds(300));
        var late = await Client.JobAsync(job);

        Assert.Equal("succeeded", early.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, early.GetProperty("fine_tuned_model").ValueKind);
        Assert.StartsWith("ft:", late.GetProperty("fine_tuned_model").GetString());
    }

    [Fact]
    public async Task FailJob_FailsTheJobWithTheScriptedError()
    {
        Server.AddFault(new Fault { Kind = FaultKind.FailJob, Code = "exceeded_quota", Message = "No money left." });
        string job = await SucceedAsync();

        var error = (await Client.JobAsync(job)).GetProperty("error");

        Assert.Equal("exceeded_quota", error.GetProperty("code").GetString());
        Assert.Equal("No money left.", error.GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Null, error.GetProperty("param").ValueKind);
    }

    [Fact]
    public async Task ModerationFailure_FailsTheJobOnlyOnceItIsTrained()
    {
        Server.AddFault(new Fault { Kind = FaultKind.ModerationFailure });
        string job = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));

        Clock.Advance(TimeSpan.FromSeconds(84));
        string training = await Client.StatusAsync(job);
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(("running", "failed"), (training, await Client.StatusAsync(job)));
        Assert.Equal("error", (await Client.EventsAsync(job, 100))[^1].GetProperty("level").GetString());
    }

    private async Task<int> CountAsync(string path) => (await Client.GetAsync(path)).GetProperty("data").GetArrayLength();

    private async Task<string[]> IdsAsync(string job) => EmulatorClient.Ids(await Client.GetAsync($"fine_tuning/jobs/{job}/events"));
}
