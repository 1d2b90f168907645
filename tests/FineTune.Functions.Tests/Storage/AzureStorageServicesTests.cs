using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FineTune.Functions.Storage;
using FineTune.Functions.Tests.Support;
using FineTune.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FineTune.Functions.Tests.Storage;

public sealed class AzureStorageServicesTests(Azurite azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_MakesContainerAndTables_WhenAConnectionStringIsGiven()
    {
        string connection = await azurite.ConnectAsync(Token);
        using IHost host = HostWith(("DatasetStorage", connection));

        await host.StartAsync(Token);
        await host.StopAsync(Token);

        Assert.True(await new BlobContainerClient(connection, "datasets").ExistsAsync(Token));
        Assert.Equal(
            ["FineTuneAliases", "FineTuneClaims", "FineTuneEvents", "FineTuneModels", "FineTuneRuns", "FineTuneShared"],
            await new TableServiceClient(connection).QueryAsync("TableName ge 'FineTune' and TableName lt 'FineTunf'", cancellationToken: Token)
                .Select(table => table.Name).ToListAsync(Token));
        Assert.Null(await host.Services.GetRequiredService<IRunLedger>().FindRunAsync("none", Token));
        Assert.Null(await host.Services.GetRequiredService<IDatasetStore>().FindAsync("none.jsonl", Token));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("managedidentity", null)]
    [InlineData("ManagedIdentity", "00000000-0000-0000-0000-000000000001")]
    public void Services_AreThere_WhenAnIdentityOpensThem(string? credential, string? clientId)
    {
        using IHost host = HostWith(
            ("DatasetStorage:blobServiceUri", "https://account.blob.core.windows.net"),
            ("DatasetStorage:queueServiceUri", "https://account.queue.core.windows.net"),
            ("DatasetStorage:tableServiceUri", "https://account.table.core.windows.net"),
            ("DatasetStorage:credential", credential),
            ("DatasetStorage:clientId", clientId));

        Assert.IsType<BlobDatasetStore>(host.Services.GetRequiredService<IDatasetStore>());
        Assert.IsType<TableRunLedger>(host.Services.GetRequiredService<IRunLedger>());
    }

    [Theory]
    [InlineData("There is no dataset storage. Set DatasetStorage to a connection string, or DatasetStorage__blobServiceUri")]
    [InlineData("There is no dataset storage.", "DatasetStorage:blobServiceUri", "https://account.blob.core.windows.net")]
    [InlineData(
        "DatasetStorage__credential is 'password'. Use 'managedidentity'",
        "DatasetStorage:blobServiceUri", "https://a", "DatasetStorage:tableServiceUri", "https://b", "DatasetStorage:credential", "password")]
    public async Task StartAsync_SaysWhatToSet_WhenTheSettingsLeadNowhere(string expected, params string[] settings)
    {
        using IHost host = HostWith([.. settings.Chunk(2).Select(pair => (pair[0], (string?)pair[1]))]);

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private static IHost HostWith(params (string Name, string? Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        builder.Services.AddAzureStorage();
        return builder.Build();
    }
}
