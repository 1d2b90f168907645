using FineTune.Local.Storage;
using FineTune.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FineTune.Local.Tests.Storage;

public sealed class FolderWatchTests : IDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly FolderDatasetStore _store;

    public FolderWatchTests() => _store = new FolderDatasetStore(_folder["datasets"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 20_000)]
    public async Task ChangesAsync_TellsOfTheDatasetOnce_WhenItHasStoodStillForAWhile()
    {
        Drop("a.jsonl", "{}");
        await using var changes = Watch(pollEvery: TimeSpan.FromSeconds(5));

        Assert.Equal("a.jsonl", (await NextAsync(changes)).Name);
        DateTimeOffset told = _clock.GetUtcNow();
        Drop("b.jsonl", "{}");
        Assert.Equal("b.jsonl", (await NextAsync(changes)).Name);
        Assert.True(_clock.GetUtcNow() - told >= Settle);
    }

    [Fact(Timeout = 20_000)]
    public async Task ChangesAsync_WaitsForTheWholeFile_WhenItIsStillBeingCopied()
    {
        Drop("a.jsonl", "0");
        await using var changes = Watch(pollEvery: TimeSpan.FromSeconds(5));
        Task<bool> next = changes.MoveNextAsync().AsTask();
        for (int written = 1; written < 10; written++)
        {
            await LookIsOverAsync();
            File.AppendAllText(InFolder("a.jsonl"), "0");
            _clock.Advance(Settle);
        }

        await LookIsOverAsync();
        Assert.False(next.IsCompleted);
        _clock.Advance(Settle);
        Assert.True(await next);
        Assert.Equal(10, changes.Current.Length);
    }

    [Fact(Timeout = 20_000)]
    public async Task ChangesAsync_TellsAgain_WhenTheDatasetIsOverwritten()
    {
        Drop("a.jsonl", "one");
        await using var changes = Watch(pollEvery: TimeSpan.FromSeconds(5));
        DatasetVersion first = await NextAsync(changes);

        Drop("a.jsonl", "three");
        DatasetVersion second = await NextAsync(changes);

        Assert.Equal((3L, 5L), (first.Length, second.Length));
    }

    [Fact(Timeout = 20_000)]
    public async Task ChangesAsync_PassesOverFilesThatStartNothing()
    {
        Drop("a.validation.jsonl", "{}");
        Drop("a.finetune.json", "{}");
        Drop("a.jsonl.report.json", "{}");
        Drop("z.jsonl", "{}");
        await using var changes = Watch(pollEvery: TimeSpan.FromSeconds(5));

        Assert.Equal("z.jsonl", (await NextAsync(changes)).Name);
    }

    [Fact(Timeout = 20_000)]
    public async Task ChangesAsync_DoesNotWaitForTheNextLook_WhenTheSystemTellsOfANewFile()
    {
        DateTimeOffset nextLook = _clock.GetUtcNow().AddDays(40);
        await using var changes = Watch(pollEvery: TimeSpan.FromDays(40));
        Task<bool> next = changes.MoveNextAsync().AsTask();
        await LookIsOverAsync();

        Drop("a.jsonl", "{}");
        while (!next.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.True(await next);
        Assert.True(_clock.GetUtcNow() < nextLook);
    }

    [Fact(Timeout = 20_000)]
    public async Task ChangesAsync_GoesOnLooking_WhenTheFolderIsAwayForAWhile()
    {
        Drop("a.jsonl", "{}");
        await using var changes = Watch(pollEvery: TimeSpan.FromSeconds(5));
        await NextAsync(changes);

        Directory.Move(_store.Root, _folder["away"]);
        Task<DatasetVersion> next = NextAsync(changes);
        await LookIsOverAsync();
        Directory.Move(_folder["away"], _store.Root);
        Drop("b.jsonl", "{}");

        Assert.Equal("b.jsonl", (await next).Name);
    }

    [Fact(Timeout = 20_000)]
    public async Task ChangesAsync_Ends_WhenItIsCancelled()
    {
        using CancellationTokenSource stop = new();
        await using var changes = Watch(TimeSpan.FromSeconds(5), stop.Token);
        Task<bool> next = changes.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    private IAsyncEnumerator<DatasetVersion> Watch(TimeSpan pollEvery, CancellationToken? cancellationToken = null)
    {
        IOptions<FolderWatchOptions> options = Options.Create(new FolderWatchOptions { Settle = Settle, PollEvery = pollEvery });
        FolderWatch watch = new(_store, options, _clock, NullLogger<FolderWatch>.Instance);
        return watch.ChangesAsync(cancellationToken ?? Token).GetAsyncEnumerator(Token);
    }

    private async Task<DatasetVersion> NextAsync(IAsyncEnumerator<DatasetVersion> changes)
    {
        Task<bool> next = changes.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(await next);
        return changes.Current;
    }

    private async Task LookIsOverAsync()
    {
        while (_clock.WaitingTimers == 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void Drop(string name, string content) => File.WriteAllText(InFolder(name), content);

    private string InFolder(string name) => Path.Combine(_store.Root, name);
}
