using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FineTune.Emulator.Tests;

public sealed class UploadTests : EmulatorTest
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(Dataset.Chat(examples: 50));

    [Fact]
    public async Task Complete_MakesAFileOfThePartsInTheGivenOrder()
    {
        string upload = await CreateAsync();
        string tail = await AddPartAsync(upload, _bytes[1000..]);
        string head = await AddPartAsync(upload, _bytes[..1000]);

        var completed = await Client.PostAsync($"uploads/{upload}/complete", new { part_ids = new[] { head, tail }, md5 = Md5() });

        Assert.Equal("completed", completed.GetProperty("status").GetString());
        string file = completed.GetProperty("file").GetProperty("id").GetString()!;
        Assert.Equal(_bytes, await Client.Http.GetByteArrayAsync($"files/{file}/content", Token));
        Assert.Equal("validating_files", await Client.StatusAsync(await Client.CreateIdAsync(file)));
    }

    [Fact]
    public async Task Complete_IsRefused_WhenTheBytesAreNotThoseAnnounced()
    {
        string upload = await CreateAsync();
        string part = await AddPartAsync(upload, _bytes[..1000]);

        var response = await CompleteAsync(upload, new { part_ids = new[] { part } });

        string? message = (await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, response)).GetProperty("message").GetString();
        Assert.Equal($"The parts hold 1000 bytes, but the upload was created for {_bytes.Length}.", message);
    }

    [Fact]
    public async Task Complete_IsRefused_WhenTheChecksumDiffersOrAPartIsUnknown()
    {
        string upload = await CreateAsync();
        string part = await AddPartAsync(upload, _bytes);

        var otherBytes = await CompleteAsync(upload, new { part_ids = new[] { part }, md5 = "00" });
        var otherPart = await CompleteAsync(upload, new { part_ids = (string[])[part + "x"] });

        await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, otherBytes);
        await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, otherPart);
        Assert.Empty(Server.ReadLedger().StoredFiles);
    }

    [Fact]
    public async Task Upload_TakesNoMoreParts_WhenAnHourHasPassed()
    {
        string upload = await CreateAsync();
        PassAnHour();

        using var form = PartForm(_bytes);
        var error = await EmulatorClient.ErrorAsync(
            HttpStatusCode.BadRequest, await Client.Http.PostAsync($"uploads/{upload}/parts", form, Token));

        Assert.Equal($"Upload {upload} is expired; expected pending.", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Cancel_EndsTheUpload()
    {
        string upload = await CreateAsync();
        string part = await AddPartAsync(upload, _bytes);

        var cancelled = await Client.PostAsync($"uploads/{upload}/cancel");

        Assert.Equal("cancelled", cancelled.GetProperty("status").GetString());
        await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, await CompleteAsync(upload, new { part_ids = new[] { part } }));
    }

    private static MultipartFormDataContent PartForm(byte[] bytes) => new() { { new ByteArrayContent(bytes), "data", "part" } };

    private static string? Id(JsonElement json) => json.GetProperty("id").GetString();

    [SuppressMessage("Security", "CA5351", Justification = "The provider's protocol asks for MD5.")]
    private string Md5() => Convert.ToHexStringLower(MD5.HashData(_bytes));

    private async Task<string> CreateAsync() => Id(await Client.PostAsync(
        "uploads", new { filename = "big.jsonl", purpose = "fine-tune", bytes = _bytes.Length, mime_type = "text/jsonl" }))!;

    private async Task<string> AddPartAsync(string upload, byte[] bytes)
    {
        using var form = PartForm(bytes);
        return Id(await EmulatorClient.JsonAsync(await Client.Http.PostAsync($"uploads/{upload}/parts", form, Token)))!;
    }

    private Task<HttpResponseMessage> CompleteAsync(string upload, object body)
        => Client.Http.PostAsync($"uploads/{upload}/complete", System.Net.Http.Json.JsonContent.Create(body), Token);
}
