using FineTune.Ports;
using FineTune.Simulation.Tests.Machine;

namespace FineTune.Simulation.Tests.World;

/// <summary>The real folder of datasets behind a host's gates.</summary>
internal sealed class GatedStore(IDatasetStore store, Gates gates) : IDatasetStore
{
    public Task<DatasetVersion?> FindAsync(string name, CancellationToken cancellationToken) => store.FindAsync(name, cancellationToken);

    public IAsyncEnumerable<DatasetVersion> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    public async Task<Stream> OpenReadAsync(DatasetVersion version, CancellationToken cancellationToken)
    {
        await gates.PassAsync(Place.Storage, $"open {version.Name}", cancellationToken);
        return await store.OpenReadAsync(version, cancellationToken);
    }

    public Task<IReadOnlyDictionary<string, string>> ReadMetadataAsync(string datasetName, CancellationToken cancellationToken)
        => store.ReadMetadataAsync(datasetName, cancellationToken);

    public async Task<string> WriteBesideAsync(string datasetName, string suffix, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await gates.PassAsync(Place.Storage, $"write beside {datasetName}", cancellationToken);
        return await store.WriteBesideAsync(datasetName, suffix, content, cancellationToken);
    }

    public Task DeleteBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken)
        => store.DeleteBesideAsync(datasetName, suffix, cancellationToken);

    public Task<Stream?> OpenBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken)
        => store.OpenBesideAsync(datasetName, suffix, cancellationToken);
}
