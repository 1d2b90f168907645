using FineTune.Ports;

namespace FineTune.Tests.Contracts;

/// <summary>What every ledger promises, whatever it stores its rows in.</summary>
public abstract partial class LedgerContract : IAsyncLifetime
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected IRunLedger Ledger { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => Ledger = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>One more ledger over the same rows, as a second program would have it; empty the first time in each test.</summary>
    protected abstract ValueTask<IRunLedger> OpenAsync();
}
