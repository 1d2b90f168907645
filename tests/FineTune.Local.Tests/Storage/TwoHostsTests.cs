using FineTune.Hosting;
using FineTune.Local.Storage;
using FineTune.Ports;
using FineTune.Spending;
using Microsoft.Extensions.Options;

namespace FineTune.Local.Tests.Storage;

/// <summary>Two programs on one ledger: what is left of a budget or of the provider's places is given away once.</summary>
public sealed class TwoHostsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteRunLedger[] _hosts;

    public TwoHostsTests() => _hosts = [new SqliteRunLedger(_folder["ledger.db"]), new SqliteRunLedger(_folder["ledger.db"])];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Array.ForEach(_hosts, host => host.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task Line_HasThreeWinners_WhenBothHostsAskForThreePlaces()
    {
        LineWait?[] answers = await BothAsync((ledger, run) => LineOn(ledger).TakePlaceAsync(Rows.Run(run), Token));

        Assert.Equal(3, answers.Count(answer => answer is null));
    }

    [Fact]
    public async Task Month_HasThreeWinners_WhenBothHostsAskForMoreThanThereIs()
    {
        bool[] answers = await BothAsync((ledger, run) => new MonthBudget(ledger).TryReserveAsync("2026-11", run, 3, limit: 10, Token));

        Assert.Equal(3, answers.Count(answer => answer));
        Assert.Equal(9, await new MonthBudget(_hosts[0]).CommittedAsync("2026-11", Token));
    }

    private static JobLine LineOn(IRunLedger ledger) => new(
        ledger, TimeProvider.System, Options.Create(new ProviderOptions { MaxJobs = 3 }), Options.Create(new FineTuneOptions()));

    private Task<T[]> BothAsync<T>(Func<IRunLedger, string, Task<T>> ask)
        => Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ask(_hosts[i % 2], $"run-{i}"), Token)));
}
