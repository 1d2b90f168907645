using Microsoft.Extensions.Hosting;

namespace FineTune.Functions.Storage;

/// <summary>Makes the container and the tables before the first function runs; what is there already stays as it is.</summary>
internal sealed class StorageSetup(BlobDatasetStore store, TableRunLedger ledger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
        => Task.WhenAll(store.CreateContainerAsync(cancellationToken), ledger.CreateTablesAsync(cancellationToken));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
