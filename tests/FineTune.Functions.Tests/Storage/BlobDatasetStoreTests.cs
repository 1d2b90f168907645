using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using FineTune.Functions.Storage;
using FineTune.Functions.Tests.Support;
using FineTune.Ports;

namespace FineTune.Functions.Tests.Storage;

public sealed class BlobDatasetStoreTests(Azurite azurite) : DatasetStoreContract
{
    // Two and a half of the pieces that a blob is read in.
    private const int ManyPieces = 10 * 1024 * 1024;

    private BlobServiceClient _service = null!;
    private BlobContainerClient _container = null!;

    public static TheoryData<string> NamesFromHell =>
    [
        "my data (final) v2.jsonl", "datos-ñandú-語-🙂.jsonl", "%2F%2e%2e.jsonl", "a#b?c=d&e+f.jsonl", "it's \"quoted\".jsonl", "<script>;'--.jsonl",
        "folder./trailing../x.jsonl", "deep/er/x.jsonl", "a//b.jsonl", "~$x:y*|.jsonl", "UPPER.JSONL", new string('x', 1_018) + ".jsonl",
    ];

    [Theory]
    [MemberData(nameof(NamesFromHell))]
    public async Task EveryCall_FindsTheBlob_WhateverItsName(string name)
    {
        DatasetVersion version = await DropAndFindAsync("content", name);

        await using Stream stream = await Store.OpenReadAsync(version, Token);
        await Store.WriteBesideAsync(name, ".report.json", "{}"u8.ToArray(), Token);

        Assert.Equal((name, 7L), (version.Name, version.Length));
        Assert.Equal([version], await Store.ListAsync(Token).ToListAsync(Token));
        Assert.Equal("content", await new StreamReader(stream).ReadToEndAsync(Token));
        Assert.Equal("{}", await ReadBesideAsync(name, ".report.json"));
    }

    [Theory]
    [InlineData("../{0}/secret.jsonl")]
    [InlineData("x/../../{0}/secret.jsonl")]
    [InlineData("..\\{0}\\secret.jsonl")]
    [InlineData("/secret.jsonl")]
    [InlineData("./secret.jsonl")]
    [InlineData("a\nb.jsonl")]
    [InlineData("")]
    public async Task EveryCall_FindsNothing_WhenTheNameWouldLeaveTheContainerOrDeceive(string pattern)
    {
        BlobContainerClient other = _service.GetBlobContainerClient($"other-{Guid.NewGuid():N}");
        await other.CreateAsync(cancellationToken: Token);
        await other.UploadBlobAsync("secret.jsonl", BinaryData.FromString("secret"), Token);
        await DropAsync("secret.jsonl", "secret");
        string name = pattern.Replace("{0}", other.Name, StringComparison.Ordinal);

        Assert.Null(await Store.FindAsync(name, Token));
        Assert.Empty(await Store.ReadMetadataAsync(name, Token));
        await Assert.ThrowsAsync<DatasetUnavailableException>(() => Store.OpenReadAsync(new DatasetVersion(name, "0x1", 6), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteBesideAsync(name, ".report.json", default, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenBesideAsync(name, ".report.json", Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_BreaksAtItsNextPiece_WhenTheDatasetWasChangedMeanwhile(bool overwritten)
    {
        DatasetVersion version = await DropAndFindAsync(new string('x', ManyPieces));
        await using Stream stream = await Store.OpenReadAsync(version, Token);
        await stream.ReadExactlyAsync(new byte[100], Token);

        await (overwritten ? DropAsync("a.jsonl", new string('y', ManyPieces)) : DeleteAsync("a.jsonl"));

        var refusal = await Assert.ThrowsAsync<DatasetUnavailableException>(() => stream.CopyToAsync(Stream.Null, Token));
        Assert.Equal(overwritten, refusal.Overwritten);
    }

    [Fact]
    public async Task ReadMetadataAsync_ReturnsWhatThePersonSet()
    {
        BlobUploadOptions options = new() { Metadata = new Dictionary<string, string> { ["finetune_epochs"] = "3", ["owner"] = "ann" } };
        await _container.GetBlobClient("a.jsonl").UploadAsync(BinaryData.FromString("x"), options, Token);

        IReadOnlyDictionary<string, string> metadata = await Store.ReadMetadataAsync("a.jsonl", Token);

        Assert.Equal([("finetune_epochs", "3"), ("owner", "ann")], metadata.OrderBy(one => one.Key).Select(one => (one.Key, one.Value)));
    }

    [Fact]
    public async Task WriteBesideAsync_TellsNoSecret_WhenTheClientHasOneInItsAddress()
    {
        Uri address = _container.GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1));
        BlobDatasetStore store = new(new BlobContainerClient(address));

        string place = await store.WriteBesideAsync("a.jsonl", ".report.json", "{}"u8.ToArray(), Token);

        Assert.Equal(new Uri(_container.Uri.AbsoluteUri + "/a.report.json"), new Uri(place));
    }

    protected override async ValueTask<IDatasetStore> OpenAsync()
    {
        _service = new BlobServiceClient(await azurite.ConnectAsync(Token));
        _container = _service.GetBlobContainerClient($"datasets-{Guid.NewGuid():N}");
        BlobDatasetStore store = new(_container);
        await store.CreateContainerAsync(Token);
        return store;
    }

    protected override Task DropAsync(string name, string content)
        => _container.GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true, Token);

    protected override Task DeleteAsync(string name) => _container.DeleteBlobAsync(name, cancellationToken: Token);
}
