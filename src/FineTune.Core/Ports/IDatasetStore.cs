namespace FineTune.Ports;

/// <summary>Where people drop datasets: a blob container or a folder.</summary>
public interface IDatasetStore
{
    /// <summary>The dataset as it is now; null when there is none of this name.</summary>
    Task<DatasetVersion?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Every dataset as it is now; reports and other files beside them are not listed.</summary>
    IAsyncEnumerable<DatasetVersion> ListAsync(CancellationToken cancellationToken);

    /// <summary>Streams exactly this version.</summary>
    /// <exception cref="DatasetUnavailableException">It is gone or overwritten; the stream may throw it later, too.</exception>
    Task<Stream> OpenReadAsync(DatasetVersion version, CancellationToken cancellationToken);

    /// <summary>Writes a file beside the dataset, over an older one of the same name, and returns where a person finds it.</summary>
    /// <param name="suffix">What <see cref="DatasetNames.BesideNameOf"/> puts in the place of <c>.jsonl</c>: <c>.report.json</c>.</param>
    Task<string> WriteBesideAsync(string datasetName, string suffix, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads what <see cref="WriteBesideAsync"/> wrote; null when there is none.</summary>
    Task<Stream?> OpenBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken);

    /// <summary>Deletes what <see cref="WriteBesideAsync"/> wrote; none there is no error.</summary>
    Task DeleteBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken);

    /// <summary>What the store itself keeps beside a dataset's bytes: a blob's metadata. Empty where there is none, as always in a folder.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadMetadataAsync(string datasetName, CancellationToken cancellationToken);
}
