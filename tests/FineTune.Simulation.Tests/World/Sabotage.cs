using FineTune.Ports;

namespace FineTune.Simulation.Tests.World;

/// <summary>What a test breaks in the product on purpose, to see that the oracle notices.</summary>
internal sealed record Sabotage
{
    public static readonly Sabotage None = new();

    public Func<HttpMessageHandler, HttpMessageHandler> Transport { get; init; } = line => line;

    public Func<IRunLedger, IRunLedger> Ledger { get; init; } = ledger => ledger;

    public Func<IDatasetStore, IDatasetStore> Store { get; init; } = store => store;
}
