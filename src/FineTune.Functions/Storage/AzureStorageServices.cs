using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using FineTune.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FineTune.Functions.Storage;

/// <summary>Datasets in Blob storage and the ledger in Table storage, of one account or two.</summary>
public static class AzureStorageServices
{
    public const string Container = "datasets";

    public static IServiceCollection AddAzureStorage(this IServiceCollection services)
    {
        services.AddOptions<DatasetStorageOptions>().BindConfiguration(DatasetStorageOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.ConnectionString = configuration[DatasetStorageOptions.Section])
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<DatasetStorageOptions>, DatasetStorageRules>()
            .AddSingleton(provider => new BlobDatasetStore(BlobsOf(OptionsOf(provider)).GetBlobContainerClient(Container)))
            .AddSingleton(provider => new TableRunLedger(TablesOf(OptionsOf(provider))))
            .AddSingleton<IDatasetStore>(provider => provider.GetRequiredService<BlobDatasetStore>())
            .AddSingleton<IRunLedger>(provider => provider.GetRequiredService<TableRunLedger>())
            .AddHostedService<StorageSetup>();
    }

    private static DatasetStorageOptions OptionsOf(IServiceProvider provider)
        => provider.GetRequiredService<IOptions<DatasetStorageOptions>>().Value;

    private static BlobServiceClient BlobsOf(DatasetStorageOptions options) => options.ConnectionString is { } connection
        ? new BlobServiceClient(connection)
        : new BlobServiceClient(options.BlobServiceUri, CredentialOf(options));

    private static TableServiceClient TablesOf(DatasetStorageOptions options) => options.ConnectionString is { } connection
        ? new TableServiceClient(connection)
        : new TableServiceClient(options.TableServiceUri, CredentialOf(options));

    private static TokenCredential CredentialOf(DatasetStorageOptions options) => options.UsesManagedIdentity
        ? new ManagedIdentityCredential(
            options.ClientId is { } clientId ? ManagedIdentityId.FromUserAssignedClientId(clientId) : ManagedIdentityId.SystemAssigned)
        : new DefaultAzureCredential();
}
