using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FineTune.Emulator.Tests;

public sealed class LedgerTests : EmulatorTest
{
    [Fact]
    public async Task Ledger_CountsRequestsPostsJobsAndUploads()
    {
        string content = Dataset.Chat();
        string file = await Client.UploadIdAsync(content);
        string again = await Client.UploadIdAsync(content);
        string job = await Client.CreateIdAsync(file, new { metadata = new { ft_key = "K" } });
        await Client.CreateAsync("file-none", new { metadata = new { ft_key = "K" } });
        await Client.JobAsync(job);
        await Client.DeleteAsync($"files/{again}");

        var ledger = await LedgerAsync();

        Assert.Equal(2, ledger.GetProperty("requests").GetProperty("POST /v1/files").GetInt32());
        Assert.Equal(1, ledger.GetProperty("requests").GetProperty("GET /v1/fine_tuning/jobs/{id}").GetInt32());
        Assert.Equal(2, ledger.GetProperty("job_posts").GetProperty("K").GetInt32());
        Assert.Equal(1, ledger.GetProperty("jobs").GetProperty("K").GetInt32());
        Assert.Equal(2, ledger.GetProperty("uploads_by_name").GetProperty("train.jsonl").GetInt32());
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        Assert.Equal(2, ledger.GetProperty("uploads_by_sha256").GetProperty(sha256).GetInt32());
        Assert.Equal(file, Assert.Single(ledger.GetProperty("stored_files").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(job, Assert.Single(ledger.GetProperty("live_jobs").EnumerateArray()).GetProperty("id").GetString());
        PassAnHour();
        Assert.Empty((await LedgerAsync()).GetProperty("live_jobs").EnumerateArray());
    }

    [Fact]
    public async Task Ledger_HoldsNeitherKeysNorTrainingText()
    {
        string job = await SucceedAsync(new { metadata = new { ft_key = "K" } });
        await Client.EventsAsync(job);

        string text = (await LedgerAsync()).GetRawText();

        Assert.Contains("/v1/fine_tuning/jobs", text);
        Assert.DoesNotContain("canary", text);
        Assert.DoesNotContain("apples", text);
    }

    [Fact]
    public async Task Clock_JumpsForwardOverHttp()
    {
        var before = Server.Now;
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };

        using var body = new StringContent("{\"seconds\":90}", Encoding.UTF8, "application/json");
        var clock = await EmulatorClient.JsonAsync(await http.PostAsync("/emulator/clock/advance", body, Token));

        Assert.Equal(before.AddSeconds(90), clock.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(before.AddSeconds(90), Server.Now);
    }

    private async Task<JsonElement> LedgerAsync()
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        return await EmulatorClient.JsonAsync(await http.GetAsync("/emulator/ledger", Token));
    }
}
