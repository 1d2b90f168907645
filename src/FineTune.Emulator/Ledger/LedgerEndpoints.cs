namespace FineTune.Emulator.Ledger;

/// <summary>The ledger over HTTP.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder routes)
        => routes.MapGet("/emulator/ledger", (LedgerReader ledger) => ledger.Read());
}
