using Azure.Storage.Blobs;
using FineTune.Functions.Storage;
using FineTune.Operations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FineTune.Functions.Starting;

/// <summary>
/// A blob that is dropped into the container starts its run. Two functions, one always disabled by a setting: Flex Consumption knows only the
/// one that Event Grid calls; Azurite has no Event Grid and needs the one that polls. Both take the name only: what the blob holds now, not what
/// an event says, is what counts.
/// </summary>
public sealed class DroppedDatasets(StartRun startRun)
{
    private const string AnyBlob = AzureStorageServices.Container + "/{name}";
    private const string Connection = DatasetStorageOptions.Section;

    [Function("StartFromEvent")]
    public Task OnEventAsync(
        [BlobTrigger(AnyBlob, Connection = Connection, Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => startRun.OnDroppedAsync(blob.Name, cancellationToken);

    [Function("StartFromPolling")]
    public Task OnPollingAsync(
        [BlobTrigger(AnyBlob, Connection = Connection, Source = BlobTriggerSource.LogsAndContainerScan)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => startRun.OnDroppedAsync(blob.Name, cancellationToken);
}
