using FineTune.Emulator.Faults;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests.Faults;

/// <summary>One row of a table of faults: what goes wrong at the provider, and how the run ends nevertheless.</summary>
/// <param name="JobPosts">How many calls to create a job the provider saw.</param>
internal sealed record FaultCase(int JobPosts, RunStatus Ends, params Fault[] Faults)
{
    public const string Files = "/v1/files";
    public const string Jobs = "/v1/fine_tuning/jobs";
    public const string OneFile = "/v1/files/*";
    public const string OneJob = "/v1/fine_tuning/jobs/*";
    public const string Events = "/v1/fine_tuning/jobs/*/events";

    /// <summary>The run ends well, and one call to create a job was enough.</summary>
    public FaultCase(params Fault[] faults)
        : this(JobPosts: 1, RunStatus.Succeeded, faults)
    {
    }

    public async Task<RunView> PlayAsync()
    {
        await using Scene scene = await Scene.OpenAsync();
        Array.ForEach(Faults, fault => scene.Emulator.AddFault(fault));
        string file = scene.Write("lamps.jsonl", ChatDataset.On("lamp"));

        RunView run = (await scene.FineTuneAsync("run", file, "--json")).ExitsWith(ExitCodeOf(Ends)).Run;

        Assert.Equal(Ends, run.Status);
        Assert.All(scene.Emulator.Faults(), fault => Assert.True(fault.Fired > 0, $"The fault {fault.Kind} never happened."));
        scene.Emulator.ClearFaults();
        await Books.AgreeAsync(scene, run);
        Assert.Equal(JobPosts, scene.Emulator.ReadLedger().JobPosts.GetValueOrDefault(run.Key!));
        return run;
    }

    public static Fault On(string method, string path, FaultKind kind) => new() { Kind = kind, Match = new FaultMatch { Method = method, Path = path } };

    public static Fault Fails(string method, string path, int status, string? code = null)
        => On(method, path, FaultKind.FailBefore) with { Status = status, Code = code };

    private static int ExitCodeOf(RunStatus status) => status switch
    {
        RunStatus.Succeeded => 0,
        RunStatus.Failed => 4,
        RunStatus.Cancelled => 5,
        RunStatus.NeedsAttention or RunStatus.ProviderClosed => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No fault ends like this."),
    };
}
