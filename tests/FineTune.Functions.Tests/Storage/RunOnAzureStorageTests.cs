using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using FineTune.Activities;
using FineTune.Functions.Storage;
using FineTune.Functions.Tests.Support;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Functions.Tests.Storage;

/// <summary>The product's own operations and activities over blobs and tables.</summary>
public sealed class RunOnAzureStorageTests(Azurite azurite) : IAsyncLifetime
{
    private const string Example = """{"messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":"Good day."}]}""";

    private readonly StartedInstances _started = new();
    private readonly string _name = $"{Guid.NewGuid():N}.jsonl";
    private ServiceProvider _services = null!;
    private BlobContainerClient _container = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IRunLedger Ledger => _services.GetRequiredService<IRunLedger>();

    public async ValueTask InitializeAsync()
    {
        string connection = await azurite.ConnectAsync(Token);
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
                [new("DatasetStorage", connection), new("FineTune:Provider:ApiKey", "emu-unused")]).Build())
            .AddLogging()
            .AddFineTuning()
            .AddAzureStorage()
            .AddSingleton<IWorkflowClient>(_started)
            .BuildServiceProvider();
        _container = new BlobContainerClient(connection, AzureStorageServices.Container);
        await _services.GetRequiredService<BlobDatasetStore>().CreateContainerAsync(Token);
        await _services.GetRequiredService<TableRunLedger>().CreateTablesAsync(Token);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task ADatasetThatIsAnnouncedAHundredTimes_HasOneRun()
    {
        await DropAsync(Example);

        await Parallel.ForAsync(0, 100, Token, async (_, token) =>
            await _services.GetRequiredService<StartRun>().OnDroppedAsync(_name, token));

        RunRow run = Assert.Single(await RunsAsync());
        Assert.Equal(run.RunId, Assert.Single(_started.Ids));
    }

    [Theory]
    [InlineData(true, RunStatus.Superseded)]
    [InlineData(false, RunStatus.DatasetGone)]
    public async Task ADatasetThatIsChangedBeforeItIsRead_EndsItsRun(bool overwritten, RunStatus end)
    {
        await DropAsync(Example);
        await _services.GetRequiredService<StartRun>().OnDroppedAsync(_name, Token);
        RunRow run = Assert.Single(await RunsAsync());

        await (overwritten ? DropAsync(Example + "\n" + Example) : _container.DeleteBlobAsync(_name, cancellationToken: Token));
        Inspection inspection = await InspectAsync(run);

        Assert.Equal(end, inspection.End?.Status);
    }

    [Fact]
    public async Task ADatasetThatStays_IsInspected_AndItsReportLiesBesideIt()
    {
        await DropAsync(string.Concat(Enumerable.Range(0, 12).Select(i => Example.Replace("Hello", $"Hello {i}", StringComparison.Ordinal) + "\n")));
        await _services.GetRequiredService<StartRun>().OnDroppedAsync(_name, Token);

        Inspection inspection = await InspectAsync(Assert.Single(await RunsAsync()));

        RunRow run = Assert.Single(await RunsAsync());
        Assert.Null(inspection.End);
        Assert.Equal(12, run.Examples);
        Assert.EndsWith(".json", run.Report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatasetsMetadata_SaysHowToTrainOnIt()
    {
        await DropAsync(Example);
        await _container.GetBlobClient(_name).SetMetadataAsync(
            new Dictionary<string, string> { ["finetune_epochs"] = "3", ["finetune_suffix"] = "meta" }, cancellationToken: Token);

        await _services.GetRequiredService<StartRun>().OnDroppedAsync(_name, Token);

        FineTuneSpec spec = Assert.Single(await RunsAsync()).Spec;
        Assert.Equal((3, "meta"), (spec.Hyperparameters.Epochs, spec.Suffix));
    }

    private async Task DropAsync(string content)
        => await _container.GetBlobClient(_name).UploadAsync(BinaryData.FromString(content), overwrite: true, Token);

    private Task<Inspection> InspectAsync(RunRow run) => _services.GetRequiredService<InspectDataset>()
        .RunAsync(new InspectInput(run.RunId, run.Dataset, Validation: null, run.Spec), Token);

    /// <summary>Of this test's dataset; others may use the same tables.</summary>
    private async Task<List<RunRow>> RunsAsync() => await Ledger.ListRunsAsync(Token).Where(run => run.Dataset.Name == _name).ToListAsync(Token);

    private sealed class StartedInstances : IWorkflowClient
    {
        private readonly ConcurrentDictionary<string, object> _inputs = [];

        public IEnumerable<string> Ids => _inputs.Keys;

        public Task<bool> StartAsync(string workflow, string instanceId, object input, CancellationToken cancellationToken)
            => Task.FromResult(_inputs.TryAdd(instanceId, input));

        public Task RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<WorkflowState?> FindStateAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult<WorkflowState?>(null);

        public Task ForgetAsync(string instanceId, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
