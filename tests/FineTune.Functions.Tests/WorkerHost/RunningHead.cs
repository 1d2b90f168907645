using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FineTune.Emulator;
using FineTune.Functions.Storage;
using FineTune.Functions.Tests.Support;
using FineTune.Ports;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>The compiled app under a stand-in host, with storage in Azurite and a provider in the emulator, as it would stand in Azure.</summary>
public sealed class RunningHead : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private string _storage = "";
    private EmulatorServer? _provider;
    private StandInHost? _host;

    public IRunLedger Ledger => new TableRunLedger(new TableServiceClient(_storage));

    public EmulatorServer Provider => _provider!;

    internal StandInHost Host => _host!;

    /// <summary>How many jobs the provider has for what the run bought.</summary>
    public int Jobs(RunRow run) => Provider.ReadLedger().Jobs.GetValueOrDefault(run.Key!);

    /// <summary>Starts it before the first test. The test is skipped where there is no Azurite.</summary>
    public async Task OpenAsync(Azurite azurite, CancellationToken cancellationToken)
    {
        if (_host is null)
        {
            _storage = await azurite.ConnectAsync(cancellationToken);
            _provider = await EmulatorServer.StartAsync(new EmulatorOptions { Speed = 100, Seed = 7 }, timeProvider: null, cancellationToken);
            _host = await StandInHost.StartAsync(Path.Combine(AppContext.BaseDirectory, "FineTune.Functions.dll"), Settings(), cancellationToken);
        }
    }

    public Task DropAsync(string name, string content, CancellationToken cancellationToken)
        => new BlobContainerClient(_storage, AzureStorageServices.Container).UploadBlobAsync(name, BinaryData.FromString(content), cancellationToken);

    /// <summary>Waits until the one run of the dataset is over: not when its row says so, but when its workflow has nothing left to do.</summary>
    public async Task<RunRow> EndAsync(string dataset, CancellationToken cancellationToken)
    {
        RunRow[] runs = [];
        await UntilAsync(
            async () =>
            {
                runs = await Ledger.ListRunsAsync(cancellationToken).Where(run => run.Dataset.Name == dataset).ToArrayAsync(cancellationToken);
                return runs is [{ Status: not RunStatus.Running } run] && await Host.Durable.IsOverAsync(run.RunId, cancellationToken);
            },
            $"the run of {dataset} ends",
            cancellationToken);
        return runs[0];
    }

    public async Task UntilAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        DateTime deadline = DateTime.UtcNow + EndsWithin;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, $"Within {EndsWithin} it did not happen that {what}. The worker said:\n{Host.Log}");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
        ["AzureWebJobsStorage"] = _storage,
        ["DatasetStorage"] = _storage,
        ["AzureWebJobs.StartFromPolling.Disabled"] = "true",
        ["FineTune:Provider:Endpoint"] = Provider.BaseAddress.AbsoluteUri,
        ["FineTune:Provider:ApiKey"] = "emu-worker",
        ["FineTune:Provider:CallTimeout"] = "00:00:05",
        ["FineTune:Provider:QuietPeriod"] = "00:00:06",
        ["FineTune:PollEvery"] = "00:00:00.05",
        ["FineTune:StartMissedAfter"] = "00:00:01",
        ["FineTune:PollAtMost"] = "00:00:00.25",
    };
}
