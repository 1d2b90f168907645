using System.Security.Cryptography;
using System.Text;
using FineTune.Emulator;
using FineTune.Local;
using FineTune.Local.Engine.Journaling;
using FineTune.Local.Storage;
using FineTune.Simulation.Tests.Machine;
using FineTune.Simulation.Tests.Plans;

namespace FineTune.Simulation.Tests.World;

/// <summary>What outlives every host: the disk, the clock, the provider and the chronicle.</summary>
internal sealed class SimulatedWorld : IAsyncDisposable
{
    /// <summary>The provider's key, which must not come out anywhere.</summary>
    public const string ApiKey = "emu-canary-Zx81QkT5vLw3";

    /// <summary>Shared with the provider, so that its webhooks are believed to be its own.</summary>
    public const string WebhookSecret = "whsec_c2ltdWxhdGVkLXdlYmhvb2stc2VjcmV0";

    /// <summary>Of the datasets that people drop. In large batches, for every step of a training is another event to read at every look.</summary>
    public static readonly FineTuneSpec Spec = new() { Model = "gpt-4.1-mini-2025-04-14", Hyperparameters = new Hyperparameters(BatchSize: 8) };

    private readonly TemporaryFolder _disk = new();
    private readonly Dictionary<string, HostClock> _clocks = [];
    private readonly Plan _plan;
    private long _written;

    private SimulatedWorld(Plan plan, Sabotage sabotage, SimulatedClock clock, Provider provider)
    {
        _plan = plan;
        Sabotage = sabotage;
        Clock = clock;
        Provider = provider;
        Chronicle = new Chronicle(clock);
        Folder = new DataFolder(_disk.Root);
        Datasets = new FolderDatasetStore(Folder.Datasets);
    }

    public SimulatedClock Clock { get; }

    public Provider Provider { get; }

    public Chronicle Chronicle { get; }

    public Sabotage Sabotage { get; }

    public CapturedLog Log { get; } = new();

    public DataFolder Folder { get; }

    /// <summary>The datasets as anybody sees them, past all gates.</summary>
    public FolderDatasetStore Datasets { get; }

    public IReadOnlyDictionary<string, string?> Settings
    {
        get
        {
            Dictionary<string, string?> settings = new(_plan.Settings);
            Sabotage.Settings(settings);
            return settings;
        }
    }

    public static async Task<SimulatedWorld> OpenAsync(Plan plan, Sabotage sabotage)
    {
        SimulatedClock clock = new();
        EmulatorOptions options = plan.Provider;
        return new SimulatedWorld(plan, sabotage, clock, await Provider.OpenAsync(options, clock));
    }

    public HostClock ClockOf(string host)
    {
        if (!_clocks.TryGetValue(host, out HostClock? clock))
        {
            _clocks[host] = clock = new HostClock(Clock) { Wrong = _plan.ClockError };
        }

        return clock;
    }

    /// <summary>Hosts of the same journal go on with each other's work.</summary>
    public string JournalNameOf(string host) => _plan.Hosts is HostsPlan.TwoJournals ? $"engine-{host}" : "engine";

    public string EngineFolderOf(string host) => Path.Combine(Folder.Path, JournalNameOf(host));

    /// <summary>Puts a file where datasets are dropped. Its time is the simulation's, so that its version is, too.</summary>
    public void Write(string name, string content)
    {
        string path = Path.Combine(Folder.Datasets, name);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, Clock.GetUtcNow().UtcDateTime + TimeSpan.FromMilliseconds(++_written));
    }

    /// <summary>Every content that a dataset ever had.</summary>
    public HashSet<string> Contents { get; } = [];

    /// <summary>Datasets that no event announced.</summary>
    public HashSet<string> Unheard { get; } = [];

    /// <summary>Jobs of somebody else.</summary>
    public HashSet<string> ForeignJobs { get; } = [];

    /// <summary>What somebody did at the provider's dashboard.</summary>
    public HashSet<DisturbanceKind> Meddled { get; } = [];

    public void LoseLedger()
    {
        foreach (string file in Directory.GetFiles(Folder.Path, $"{Path.GetFileName(Folder.Ledger)}*"))
        {
            File.Delete(file);
        }

        Chronicle.LoseLedger();
    }

    public void LoseJournals()
    {
        foreach (string folder in Directory.GetDirectories(Folder.Path, "engine*"))
        {
            JournalFile.CloseReaders(folder);
            Directory.Delete(folder, recursive: true);
        }

        Chronicle.LoseJournals();
    }

    /// <summary>One of them has the key that a run of ours will have, but a file of its own.</summary>
    public async Task AddForeignJobsAsync(string content)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        string key = RunKey.Compute(sha256, validationSha256: null, Spec);
        foreach (string? one in new[] { null, key })
        {
            if (await Provider.CreateForeignJobAsync(ChatDataset.On("vase of somebody else"), one) is { } job)
            {
                ForeignJobs.Add(job);
            }
        }
    }

    public void Delete(string name) => File.Delete(Path.Combine(Folder.Datasets, name));

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        _disk.Dispose();
    }
}
