using FineTune.Ports;

namespace FineTune.Core.Tests.Fakes;

/// <summary>The fake keeps the promises that the tests of activities and operations rely on.</summary>
public sealed class InMemoryLedgerTests : LedgerContract
{
    private readonly InMemoryLedger _ledger = new();

    protected override ValueTask<IRunLedger> OpenAsync() => ValueTask.FromResult<IRunLedger>(_ledger);
}
