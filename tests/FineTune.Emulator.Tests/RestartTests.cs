using System.Text.Json;

namespace FineTune.Emulator.Tests;

public sealed class RestartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emulator-restart-");
    private readonly ManualClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string JournalPath => Path.Combine(_folder.FullName, "journal.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task State_IsTheSame_WhenTheServerIsStartedAgain()
    {
        string file, job, paused, deleted, upload;
        JsonElement jobBefore;
        List<JsonElement> eventsBefore;
        await using (var server = await StartAsync())
        {
            using var client = new EmulatorClient(server.BaseAddress);
            file = await client.UploadIdAsync(Dataset.Chat());
            deleted = await client.UploadIdAsync(Dataset.Chat());
            await client.DeleteAsync($"files/{deleted}");
            job = await client.CreateIdAsync(file, new { metadata = new { ft_key = "K" }, suffix = "again" });
            paused = await client.CreateIdAsync(file);
            await client.PostAsync($"fine_tuning/jobs/{paused}/pause");
            var begun = await client.PostAsync(
                "uploads", new { filename = "b.jsonl", purpose = "fine-tune", bytes = 5, mime_type = "text/jsonl" });
            upload = begun.GetProperty("id").GetString()!;
            _clock.Advance(TimeSpan.FromMinutes(10));
            (jobBefore, eventsBefore) = (await client.JobAsync(job), await client.EventsAsync(job));
        }

        await using var restarted = await StartAsync();
        using var again = new EmulatorClient(restarted.BaseAddress);

        Assert.Equal(jobBefore.GetRawText(), (await again.JobAsync(job)).GetRawText());
        Assert.Equal(eventsBefore.Select(e => e.GetRawText()), (await again.EventsAsync(job)).Select(e => e.GetRawText()));
        Assert.Equal("paused", await again.StatusAsync(paused));
        Assert.Equal(Dataset.Chat(), await again.Http.GetStringAsync($"files/{file}/content", Token));
        Assert.Equal("cancelled", (await again.PostAsync($"uploads/{upload}/cancel")).GetProperty("status").GetString());
        var ledger = restarted.ReadLedger();
        Assert.Equal((1, 1), (ledger.JobPosts["K"], ledger.Jobs["K"]));
        Assert.Equal([file], ledger.StoredFiles.Select(f => f.Id));
        Assert.Equal(2, ledger.UploadsByName["train.jsonl"]);
    }

    [Fact]
    public async Task Time_GoesOn_WhileNoServerRuns()
    {
        DateTimeOffset stopped;
        await using (var server = await StartAsync(speed: 60))
        {
            server.Advance(TimeSpan.FromDays(2));
            stopped = server.Now;
        }

        _clock.Advance(TimeSpan.FromSeconds(10));
        await using var restarted = await StartAsync(speed: 1);

        Assert.Equal(stopped + TimeSpan.FromMinutes(10), restarted.Now);
    }

    [Fact]
    public async Task State_IsKept_WhenTheLastLineIsTorn()
    {
        string file;
        await using (var server = await StartAsync())
        {
            using var client = new EmulatorClient(server.BaseAddress);
            file = await client.UploadIdAsync(Dataset.Chat());
        }

        await File.AppendAllTextAsync(JournalPath, "{\"entry\":\"file-deleted\",\"id\":\"" + file, Token);
        await using (var restarted = await StartAsync())
        {
            Assert.Equal([file], restarted.ReadLedger().StoredFiles.Select(f => f.Id));
        }

        await using var third = await StartAsync();
        Assert.Single(third.ReadLedger().StoredFiles);
    }

    [Fact]
    public async Task Start_NamesTheLine_WhenTheJournalIsBroken()
    {
        await (await StartAsync()).DisposeAsync();
        await File.AppendAllTextAsync(JournalPath, "nonsense\n", Token);

        var e = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync());

        Assert.Contains("Line 3", e.Message);
    }

    [Fact]
    public async Task Start_IsRefused_WhenAnotherServerHoldsTheFolder()
    {
        await using var first = await StartAsync();

        var e = await Assert.ThrowsAsync<IOException>(() => StartAsync());

        Assert.Contains("in use by another emulator", e.Message);
    }

    [Fact]
    public async Task Ids_DoNotRepeat_WhenASeededServerIsStartedAgain()
    {
        string first;
        await using (var server = await StartAsync())
        {
            using var client = new EmulatorClient(server.BaseAddress);
            first = await client.UploadIdAsync(Dataset.Chat());
        }

        await using var restarted = await StartAsync();
        using var again = new EmulatorClient(restarted.BaseAddress);

        Assert.NotEqual(first, await again.UploadIdAsync(Dataset.Chat()));
    }

    private Task<EmulatorServer> StartAsync(double speed = 1)
        => EmulatorServer.StartAsync(new EmulatorOptions { StateFolder = _folder.FullName, Seed = 7, Speed = speed }, _clock, Token);
}
