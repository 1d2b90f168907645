using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Simulation.Tests.Plans;

/// <summary>Who works on the runs.</summary>
internal enum HostsPlan
{
    One,

    /// <summary>A second one on the same folder, which must stand by until the first is gone.</summary>
    StandBy,

    /// <summary>Two with a journal each on one ledger, so that everything is done twice over.</summary>
    TwoJournals,
}

/// <summary>What the person does who is asked to approve a price.</summary>
internal enum PersonsAnswer
{
    NotAsked,
    Approve,
    Reject,
    Silence,
}

/// <summary>Everything that one seed decides before the first step; what it decides on the way comes from the same seed.</summary>
internal sealed record Plan(int Seed)
{
    public HostsPlan Hosts { get; init; }

    public required IReadOnlyList<PlannedDataset> Datasets { get; init; }

    public required EmulatorOptions Provider { get; init; }

    public required IReadOnlyDictionary<string, string?> Settings { get; init; }

    public IReadOnlyList<ProviderFault> Faults { get; init; } = [];

    /// <summary>In the order of their steps.</summary>
    public IReadOnlyList<Disturbance> Disturbances { get; init; } = [];

    public PersonsAnswer Answer { get; init; }

    /// <summary>Jobs of somebody else in the same account, one of them with our key.</summary>
    public bool HasForeignJobs { get; init; }

    public bool KeepsFiles { get; init; }

    /// <summary>In US dollars; enough for one or two of the datasets.</summary>
    public decimal? MonthBudget { get; init; }

    /// <summary>All datasets are trained for one alias.</summary>
    public bool SharesAlias { get; init; }

    /// <summary>By how much the hosts' clocks are wrong from the beginning.</summary>
    public TimeSpan ClockError { get; init; }

    /// <summary>New jobs are in no list for longer than the product waits before it asks for one again.</summary>
    public bool ListsLagForLong => Faults.Any(fault => fault.ListsLagForLong);

    public override string ToString() => $"""
        seed {Seed}: hosts {Hosts}, datasets {string.Join(", ", Datasets)}, person {Answer}, foreign jobs {HasForeignJobs}, keeps files {KeepsFiles}, month's budget {MonthBudget}, one alias {SharesAlias}, clock off by {ClockError}
        faults: {string.Join("; ", Faults)}
        disturbances: {string.Join("; ", Disturbances)}
        """;
}

/// <summary>A dataset of the plan.</summary>
/// <param name="Name">In the store.</param>
/// <param name="Topic">Datasets on the same topic have the same bytes.</param>
/// <param name="HasValidation">With a validation file beside it.</param>
/// <param name="IsTrainable">Otherwise it has too few examples.</param>
internal sealed record PlannedDataset(string Name, string Topic, bool HasValidation, bool IsTrainable);

/// <summary>A fault of the provider's that the plan scripts.</summary>
/// <param name="Name">In the words of the reports.</param>
/// <param name="MayEnd">The end that it may bring upon a run; null where the run must get over it.</param>
internal sealed record ProviderFault(string Name, Emulator.Faults.Fault Fault, RunStatus? MayEnd = null)
{
    private static readonly TimeSpan QuietPeriod = new ProviderOptions().QuietPeriod;

    public bool ListsLagForLong => Fault is { Kind: FaultKind.ListLag, Match.Path: "/v1/fine_tuning/jobs" } && TimeSpan.FromSeconds(Fault.Seconds ?? 0) > QuietPeriod;

    public override string ToString() => $"{Name} (from {Fault.Match?.Nth ?? 1}, {Fault.Match?.Times?.ToString() ?? "as usual"} times)";
}
