using System.Net;
using System.Text;
using System.Text.Json;

namespace FineTune.Emulator.Tests;

public sealed class FileTests : EmulatorTest
{
    [Fact]
    public async Task Upload_IsProcessedAfterAWhile_WhenItIsForFineTuning()
    {
        string id = await Client.UploadIdAsync(Dataset.Chat());

        var early = await Client.GetAsync($"files/{id}");
        Clock.Advance(TimeSpan.FromSeconds(5));
        var late = await Client.GetAsync($"files/{id}");

        Assert.Equal("uploaded", early.GetProperty("status").GetString());
        Assert.Equal("processed", late.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Content_IsWhatWasUploaded()
    {
        string content = Dataset.Chat(examples: 1000, topic: "Äpfel 🍎");
        string id = await Client.UploadIdAsync(content);

        Assert.Equal(content, await Client.Http.GetStringAsync($"files/{id}/content", Token));
    }

    [Fact]
    public async Task Upload_IsAccepted_WhenThePurposeComesAfterTheBytes()
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Dataset.Chat())), "file", "train.jsonl" },
            { new StringContent("fine-tune"), "purpose" },
        };

        var file = await EmulatorClient.JsonAsync(await Client.Http.PostAsync("files", form, Token));

        Assert.Equal("fine-tune", file.GetProperty("purpose").GetString());
    }

    [Theory]
    [InlineData("train.csv", "fine-tune", "file")]
    [InlineData("train.jsonl", "fine-tune-results", "purpose")]
    public async Task Upload_IsRefusedAndForgotten_WhenNameOrPurposeIsWrong(string filename, string purpose, string param)
    {
        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, await Client.UploadAsync(Dataset.Chat(), filename, purpose));

        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Empty(Server.ReadLedger().StoredFiles);
    }

    [Fact]
    public async Task Upload_Answers413_WhenTheFileIsTooLarge()
    {
        await using var small = await EmulatorServer.StartAsync(new EmulatorOptions { MaxFileBytes = 100 }, Clock, Token);
        using var client = new EmulatorClient(small.BaseAddress);

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, await client.UploadAsync(Dataset.Chat()));

        Assert.Equal("The file is larger than 100 bytes.", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Upload_IsRefused_WhenTheFormIsNone()
    {
        using var body = new StringContent("file", Encoding.UTF8, "text/plain");

        await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, await Client.Http.PostAsync("files", body, Token));
    }

    [Fact]
    public async Task Upload_IsRefused_WhenTheFormStopsEarly()
    {
        const string Half = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n\r\nhalf";
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Half));
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=edge");

        await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, await Client.Http.PostAsync("files", body, Token));
    }

    [Fact]
    public async Task Upload_KeepsOnlyTheLastPartOfAName_WhenItLooksLikeAPath()
    {
        var file = await EmulatorClient.JsonAsync(await Client.UploadAsync(Dataset.Chat(), "../../etc/train.jsonl"));

        Assert.Equal("train.jsonl", file.GetProperty("filename").GetString());
    }

    [Fact]
    public async Task File_Expires_WhenAskedTo()
    {
        using var form = EmulatorClient.Form(Dataset.Chat());
        form.Add(new StringContent("created_at"), "expires_after[anchor]");
        form.Add(new StringContent("3600"), "expires_after[seconds]");
        var file = await EmulatorClient.JsonAsync(await Client.Http.PostAsync("files", form, Token));
        string id = file.GetProperty("id").GetString()!;

        Assert.Equal(3600, file.GetProperty("expires_at").GetInt64() - file.GetProperty("created_at").GetInt64());
        PassAnHour();
        await EmulatorClient.ErrorAsync(HttpStatusCode.NotFound, await Client.Http.GetAsync($"files/{id}", Token));
    }

    [Theory]
    [InlineData("updated_at", "3600")]
    [InlineData("created_at", "3599")]
    [InlineData("created_at", "2592001")]
    public async Task Upload_IsRefused_WhenTheLifetimeIsOutOfRange(string anchor, string seconds)
    {
        using var form = EmulatorClient.Form(Dataset.Chat());
        form.Add(new StringContent(anchor), "expires_after[anchor]");
        form.Add(new StringContent(seconds), "expires_after[seconds]");

        await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, await Client.Http.PostAsync("files", form, Token));
    }

    [Fact]
    public async Task List_FiltersByPurposeOrdersAndPages()
    {
        string first = await Client.UploadIdAsync(Dataset.Chat());
        await Client.UploadAsync("notes", "notes.txt", "assistants");
        Clock.Advance(TimeSpan.FromSeconds(1));
        string last = await Client.UploadIdAsync(Dataset.Chat());

        var newest = await Client.GetAsync("files?purpose=fine-tune&limit=1");
        var next = await Client.GetAsync($"files?purpose=fine-tune&limit=1&after={last}");
        var oldest = await Client.GetAsync("files?purpose=fine-tune&order=asc");

        Assert.Equal([last], EmulatorClient.Ids(newest));
        Assert.True(newest.GetProperty("has_more").GetBoolean());
        Assert.Equal([first], EmulatorClient.Ids(next));
        Assert.Equal([first, last], EmulatorClient.Ids(oldest));
        Assert.Equal(first, oldest.GetProperty("first_id").GetString());
    }

    [Fact]
    public async Task List_NamesNoFirstOrLast_WhenItIsEmpty()
    {
        var page = await Client.GetAsync("files");

        Assert.Equal(JsonValueKind.Null, page.GetProperty("first_id").ValueKind);
        Assert.Equal(JsonValueKind.Null, page.GetProperty("last_id").ValueKind);
    }

    [Fact]
    public async Task ResultFile_IsBase64TextOfTheCsv_AndCanBeDeleted()
    {
        string job = await SucceedAsync();
        string id = (await Client.JobAsync(job)).GetProperty("result_files")[0].GetString()!;

        string csv = Encoding.UTF8.GetString(Convert.FromBase64String(await Client.Http.GetStringAsync($"files/{id}/content", Token)));
        string[] lines = csv.TrimEnd().Split('\n');
        Assert.Equal("step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy", lines[0]);
        Assert.Equal(1 + 96, lines.Length);
        Assert.Matches(@"^96,[0-9.]+,[0-9.]+,,$", lines[^1]);
        Assert.Contains(id, EmulatorClient.Ids(await Client.GetAsync("files")));

        await Client.DeleteAsync($"files/{id}");
        Assert.DoesNotContain(id, EmulatorClient.Ids(await Client.GetAsync("files")));
        await EmulatorClient.ErrorAsync(HttpStatusCode.NotFound, await Client.Http.GetAsync($"files/{id}/content", Token));
    }

    [Fact]
    public async Task ResultFile_IsPlain_WhenSetSo()
    {
        await using var plain = await EmulatorServer.StartAsync(new EmulatorOptions { ResultFilesAreBase64 = false }, Clock, Token);
        using var client = new EmulatorClient(plain.BaseAddress);
        string job = await client.CreateIdAsync(await client.UploadIdAsync(Dataset.Chat()));
        PassAnHour();
        string id = (await client.JobAsync(job)).GetProperty("result_files")[0].GetString()!;

        Assert.StartsWith("step,", await client.Http.GetStringAsync($"files/{id}/content", Token));
    }
}
