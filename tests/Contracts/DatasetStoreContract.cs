using System.Text;
using FineTune.Ports;

namespace FineTune.Tests.Contracts;

/// <summary>What every store of datasets promises, wherever it keeps them.</summary>
public abstract class DatasetStoreContract : IAsyncLifetime
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected IDatasetStore Store { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task FindAsync_ReturnsNull_WhenNothingOfThisNameIsThere() => Assert.Null(await Store.FindAsync("none.jsonl", Token));

    [Fact]
    public async Task FindAsync_TellsAnotherVersion_WhenTheDatasetIsDroppedAgain()
    {
        DatasetVersion first = await DropAndFindAsync("one");
        DatasetVersion again = (await Store.FindAsync("a.jsonl", Token))!;
        DatasetVersion second = await DropAndFindAsync("two");

        Assert.Equal(first, again);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(("a.jsonl", 3L), (second.Name, second.Length));
    }

    [Fact]
    public async Task ListAsync_NamesTheVersionsOfDatasetsOnly_WhenOtherFilesLieBesideThem()
    {
        foreach (string name in new[] { "b.jsonl", "a.jsonl", "a.validation.jsonl", "a.finetune.json", "notes.txt", "half.jsonl.tmp" })
        {
            await DropAsync(name, "{}");
        }

        await Store.WriteBesideAsync("a.jsonl", ".report.json", "{}"u8.ToArray(), Token);

        List<DatasetVersion> listed = await Store.ListAsync(Token).OrderBy(version => version.Name).ToListAsync(Token);

        Assert.Equal([(await Store.FindAsync("a.jsonl", Token))!, (await Store.FindAsync("b.jsonl", Token))!], listed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(100_000)]
    public async Task OpenReadAsync_StreamsTheVersion_WhateverThePieces(int piece)
    {
        byte[] content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"messages\":[]}\n", 50)));
        DatasetVersion version = await DropAndFindAsync(Encoding.UTF8.GetString(content));

        await using Stream stream = await Store.OpenReadAsync(version, Token);
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy, piece, Token);

        Assert.Equal(content, copy.ToArray());
        Assert.Equal(content.Length, stream.Length);
    }

    [Fact]
    public async Task OpenReadAsync_ReadsNothing_WhenTheDatasetIsEmpty()
    {
        await using Stream stream = await Store.OpenReadAsync(await DropAndFindAsync(""), Token);

        Assert.Equal(0, await stream.ReadAsync(new byte[8], Token));
    }

    [Fact]
    public async Task OpenReadAsync_TellsOverwritten_WhenAnotherVersionIsThere()
    {
        DatasetVersion version = await DropAndFindAsync("one");
        await DropAndFindAsync("two");

        var refusal = await Assert.ThrowsAsync<DatasetUnavailableException>(() => Store.OpenReadAsync(version, Token));

        Assert.True(refusal.Overwritten);
    }

    [Fact]
    public async Task OpenReadAsync_TellsGone_WhenTheDatasetWasDeleted()
    {
        DatasetVersion version = await DropAndFindAsync("one");
        await DeleteAsync("a.jsonl");

        var refusal = await Assert.ThrowsAsync<DatasetUnavailableException>(() => Store.OpenReadAsync(version, Token));

        Assert.False(refusal.Overwritten);
    }

    [Fact]
    public async Task WriteBesideAsync_ReplacesTheOlderFile()
    {
        await Store.WriteBesideAsync("a.jsonl", ".report.json", "older"u8.ToArray(), Token);
        string place = await Store.WriteBesideAsync("a.jsonl", ".report.json", "new"u8.ToArray(), Token);

        Assert.Equal("new", await ReadBesideAsync("a.jsonl", ".report.json"));
        Assert.EndsWith("a.report.json", place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report.json")]
    [InlineData("")]
    [InlineData("./../report.json")]
    [InlineData(".\\report.json")]
    [InlineData(".repaired.jsonl")]
    [InlineData(".validation.jsonl")]
    public async Task WriteBesideAsync_Throws_WhenTheSuffixWouldLeaveTheFolderOrMakeADataset(string suffix)
        => await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteBesideAsync("a.jsonl", suffix, default, Token));

    [Fact]
    public async Task OpenBesideAsync_ReadsWhatAPersonLaidBesideTheDataset()
    {
        await DropAsync("a.finetune.json", "{\"suffix\":\"bot\"}");

        Assert.Equal("{\"suffix\":\"bot\"}", await ReadBesideAsync("a.jsonl", DatasetNames.SpecSuffix));
        Assert.Null(await ReadBesideAsync("b.jsonl", DatasetNames.SpecSuffix));
    }

    [Fact]
    public async Task DeleteBesideAsync_DeletesTheReportOnly_AndMayBeRepeated()
    {
        await DropAndFindAsync("one");
        await Store.WriteBesideAsync("a.jsonl", ".report.json", "{}"u8.ToArray(), Token);

        await Store.DeleteBesideAsync("a.jsonl", ".report.json", Token);
        await Store.DeleteBesideAsync("a.jsonl", ".report.json", Token);

        Assert.Null(await ReadBesideAsync("a.jsonl", ".report.json"));
        Assert.NotNull(await Store.FindAsync("a.jsonl", Token));
    }

    [Fact]
    public async Task ListAsync_SaysWhenADatasetWasLastWritten_BesideItsVersion()
    {
        DatasetVersion found = await DropAndFindAsync("one");

        DatasetVersion listed = await Store.ListAsync(Token).SingleAsync(Token);

        Assert.NotNull(listed.LastModified);
        Assert.Equal(listed.LastModified, found.LastModified);
        Assert.Equal(listed, listed with { LastModified = null });
    }

    [Fact]
    public async Task ReadMetadataAsync_IsEmpty_WhenNobodySetAny()
    {
        await DropAndFindAsync("one");

        Assert.Empty(await Store.ReadMetadataAsync("a.jsonl", Token));
        Assert.Empty(await Store.ReadMetadataAsync("none.jsonl", Token));
    }

    /// <summary>A store with nothing in it.</summary>
    protected abstract ValueTask<IDatasetStore> OpenAsync();

    /// <summary>Puts a file there, or another in its place, as a person does.</summary>
    protected abstract Task DropAsync(string name, string content);

    protected abstract Task DeleteAsync(string name);

    protected async Task<DatasetVersion> DropAndFindAsync(string content, string name = "a.jsonl")
    {
        await DropAsync(name, content);
        return (await Store.FindAsync(name, Token))!;
    }

    protected async Task<string?> ReadBesideAsync(string dataset, string suffix)
    {
        await using Stream? stream = await Store.OpenBesideAsync(dataset, suffix, Token);
        return stream is null ? null : await new StreamReader(stream).ReadToEndAsync(Token);
    }
}
