using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>One alias: what it means, and everything it has meant.</summary>
public sealed class ReadAlias(IRunLedger ledger)
{
    /// <returns>Null when nobody set it.</returns>
    public async Task<AliasView?> RunAsync(string alias, CancellationToken cancellationToken)
        => await ledger.FindAliasAsync(alias, cancellationToken) is { } row ? AliasView.Of(row) : null;
}
