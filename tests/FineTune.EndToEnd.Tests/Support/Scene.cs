using System.Diagnostics;
using FineTune.Emulator;
using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>
/// The stage of one test: the real program with a data folder of its own, pointed at an emulator in this process, whose books the
/// test can read and whose faults it can script.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string ApiKey = "emu-canary-Zx81QkT5vLw3";

    /// <summary>Emulated seconds per second, unless a test chooses otherwise.</summary>
    public const double Speed = 100;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "finetune.dll");
    private static readonly string[] ForeignPrefixes = ["OPENAI_", "FINETUNE", "FT_", "AZURE_", "ASPNETCORE_", "EMULATOR"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<RunningProgram> _programs = [];

    private Scene(EmulatorServer emulator) => Emulator = emulator;

    public EmulatorServer Emulator { get; }

    public string DataFolder => _folder["data"];

    public string Datasets => Path.Combine(DataFolder, "datasets");

    /// <summary>What every program of this scene is told, over the rig's own settings.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>A small job takes about a second.</summary>
    public static Task<Scene> OpenAsync() => OpenAsync(new EmulatorOptions { Speed = Speed });

    public static async Task<Scene> OpenAsync(EmulatorOptions options)
        => new(await EmulatorServer.StartAsync(options, timeProvider: null, TestContext.Current.CancellationToken));

    /// <summary>A file outside the data folder.</summary>
    public string Write(string name, string content)
    {
        File.WriteAllText(_folder[name], content);
        return _folder[name];
    }

    /// <summary>Drops a file into the data folder's datasets.</summary>
    public void Drop(string name, string content)
    {
        Directory.CreateDirectory(Datasets);
        File.WriteAllText(Path.Combine(Datasets, name), content);
    }

    /// <summary>Runs one command to its end.</summary>
    public Task<ProgramResult> FineTuneAsync(params string[] arguments) => FineTuneAsync(crashAt: null, arguments);

    /// <param name="crashAt">Where the program is to die, such as <c>CreateJob:done</c>.</param>
    public async Task<ProgramResult> FineTuneAsync(string? crashAt, string[] arguments)
        => await Start(crashAt, arguments).EndAsync(TestContext.Current.CancellationToken);

    public RunningProgram Start(params string[] arguments) => Start(crashAt: null, arguments);

    /// <param name="crashAt">Where the program is to die, such as <c>CreateJob:done</c>.</param>
    public RunningProgram StartToCrash(string crashAt, string[] arguments) => Start(crashAt, arguments);

    /// <summary>The events in the ledger's file, read beside the program.</summary>
    public async Task<RunEvent[]> StoredEventsAsync(string runId)
    {
        using SqliteRunLedger ledger = new(Path.Combine(DataFolder, "ledger.db"));
        return await ledger.ListEventsAsync(runId, TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Whoever runs the tests may have settings of the program, or a key, in the environment.</summary>
    public static void RemoveForeignSettings(ProcessStartInfo start)
    {
        foreach (string foreign in start.Environment.Keys.Where(IsForeign).ToArray())
        {
            start.Environment.Remove(foreign);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _programs.ForEach(program => program.Dispose());
        await Emulator.DisposeAsync();
        _folder.Dispose();
    }

    private RunningProgram Start(string? crashAt, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. arguments, "--data", DataFolder]) { WorkingDirectory = _folder.Root };
        RemoveForeignSettings(start);
        foreach ((string name, string value) in RigSettings().Concat(Settings))
        {
            start.Environment[name] = value;
        }

        if (crashAt is not null)
        {
            start.Environment["FT_CRASH"] = crashAt;
        }

        RunningProgram program = new(start);
        _programs.Add(program);
        return program;
    }

    private static bool IsForeign(string variable)
        => Array.Exists(ForeignPrefixes, prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private Dictionary<string, string> RigSettings() => new()
    {
        ["FineTune__Provider__Endpoint"] = Emulator.BaseAddress.AbsoluteUri,
        ["FineTune__Provider__ApiKey"] = ApiKey,
        ["FineTune__Provider__CallTimeout"] = "00:00:03",
        ["FineTune__Provider__QuietPeriod"] = "00:00:03.5",
        ["FineTune__PollEvery"] = "00:00:00.05",
        ["FineTune__PollAtMost"] = "00:00:00.3",
    };
}
