using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>Datasets as blobs of one container. A blob's ETag is its version, and every read asks for it.</summary>
/// <remarks>Names that are not acceptable, see <see cref="BlobName"/>, count as names of nothing: they are neither found nor listed.</remarks>
public sealed class BlobDatasetStore(BlobContainerClient container) : IDatasetStore
{
    /// <summary>What is in memory of a dataset at a time, in bytes.</summary>
    private const int PieceLength = 4 * 1024 * 1024;

    /// <summary>Makes the container if it is not there yet; nobody can read it without a key or a role.</summary>
    public Task CreateContainerAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    public async Task<DatasetVersion?> FindAsync(string name, CancellationToken cancellationToken)
        => await FindPropertiesAsync(name, cancellationToken) is { } found
            ? new DatasetVersion(name, Text(found.ETag), found.ContentLength) { LastModified = found.LastModified }
            : null;

    public async IAsyncEnumerable<DatasetVersion> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (DatasetNames.IsDataset(blob.Name) && BlobName.IsAcceptable(blob.Name))
            {
                yield return new DatasetVersion(blob.Name, Text(blob.Properties.ETag!.Value), blob.Properties.ContentLength!.Value)
                {
                    LastModified = blob.Properties.LastModified,
                };
            }
        }
    }

    public async Task<Stream> OpenReadAsync(DatasetVersion version, CancellationToken cancellationToken)
    {
        if (!BlobName.IsAcceptable(version.Name))
        {
            throw new DatasetUnavailableException(version, overwritten: false);
        }

        BlobOpenReadOptions exactly = new(allowModifications: false)
        {
            BufferSize = PieceLength,
            Conditions = new BlobRequestConditions { IfMatch = new ETag(version.ETag) },
        };
        BlobClient blob = container.GetBlobClient(version.Name);
        try
        {
            return new BlobVersionStream(await blob.OpenReadAsync(exactly, cancellationToken), blob, version);
        }
        catch (RequestFailedException failure) when (BlobVersionStream.IsAboutTheVersion(failure))
        {
            throw new DatasetUnavailableException(version, overwritten: await blob.ExistsAsync(cancellationToken));
        }
    }

    /// <summary>Returns the blob's address, without anything that would let in who has it.</summary>
    public async Task<string> WriteBesideAsync(
        string datasetName, string suffix, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobClient blob = Beside(datasetName, suffix);
        await blob.UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellationToken);
        return blob.Uri.GetLeftPart(UriPartial.Path);
    }

    public async Task<Stream?> OpenBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken)
    {
        try
        {
            return await Beside(datasetName, suffix).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    public Task DeleteBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken)
        => Beside(datasetName, suffix).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> ReadMetadataAsync(string datasetName, CancellationToken cancellationToken)
        => await FindPropertiesAsync(datasetName, cancellationToken) is { } found ? found.Metadata.AsReadOnly() : ReadOnlyDictionary<string, string>.Empty;

    private async Task<BlobProperties?> FindPropertiesAsync(string name, CancellationToken cancellationToken)
    {
        if (!BlobName.IsAcceptable(name))
        {
            return null;
        }

        try
        {
            return await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    private BlobClient Beside(string datasetName, string suffix)
        => !BlobName.IsAcceptable(datasetName)
            ? throw new ArgumentException("This is no dataset's name.", nameof(datasetName))
            : container.GetBlobClient(BlobName.Beside(datasetName, suffix));

    /// <summary>Headers have it in quotes and lists do not; it is one version.</summary>
    private static string Text(ETag etag) => etag.ToString().Trim('"');
}
