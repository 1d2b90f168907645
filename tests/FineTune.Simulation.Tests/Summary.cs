using System.Globalization;
using FineTune.Simulation.Tests.Oracle;
using FineTune.Simulation.Tests.Plans;

namespace FineTune.Simulation.Tests;

/// <summary>What came of many simulations.</summary>
/// <param name="Cpu">Of the whole process; other work on the machine does not lengthen it.</param>
internal sealed record Summary(int FirstSeed, IReadOnlyList<Judgement> Judgements, TimeSpan Took, TimeSpan Cpu)
{
    private const int MostShown = 10;

    public IReadOnlyList<Judgement> Failures { get; } = [.. Judgements.Where(judgement => judgement.Violations.Count > 0)];

    public Tally Total { get; } = Judgements.Aggregate(Tally.Nothing, (sum, judgement) => sum.And(judgement.Tally));

    public int Kills { get; } = Judgements.Sum(judgement => judgement.Chronicle.Kills);

    public int Losses { get; } = Judgements.Sum(judgement => judgement.Plan.Disturbances.Count(one
        => one.Kind is DisturbanceKind.LoseLedger or DisturbanceKind.LoseJournal or DisturbanceKind.LoseStorage));

    public int Exchanges { get; } = Judgements.Sum(judgement => judgement.Chronicle.Exchanges.Count);

    /// <summary>How often each fault, disturbance and end came up.</summary>
    public SortedDictionary<string, int> Coverage { get; } = new(
        Judgements.SelectMany(judgement => judgement.Chronicle.Events).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Sum(item => item.Value)),
        StringComparer.Ordinal);

    /// <summary>What plans can hold and none of these brought about.</summary>
    public IReadOnlyList<string> NeverHappened =>
    [
        .. ProviderFaults.All.Select(fault => $"fault: {fault.Name}").Concat(Enum.GetNames<DisturbanceKind>()).Where(what => !Coverage.ContainsKey(what)),
    ];

    public (string What, string Figure)[] Figures() =>
    [
        ("simulated plans, one seed each", string.Create(CultureInfo.InvariantCulture, $"{Judgements.Count:N0} in {Took.TotalSeconds:0} s, {Failures.Count} broken")),
        ("runs in them, and those without a terminal row", string.Create(CultureInfo.InvariantCulture, $"{Total.Runs:N0}, {Total.Unfinished}")),
        ("hosts killed or stopped in them", string.Create(CultureInfo.InvariantCulture, $"{Kills:N0}")),
        ("ledgers, journals or both lost in them", string.Create(CultureInfo.InvariantCulture, $"{Losses:N0}")),
        ("most jobs of one key", string.Create(CultureInfo.InvariantCulture, $"{Total.JobsPerKey}")),
        ("most jobs of one key that trained anything, lost ledgers and lists that lag for 10 minutes among them", string.Create(CultureInfo.InvariantCulture, $"{Total.TrainedJobsPerKey}")),
        ("most lost calls to create a job of one key", string.Create(CultureInfo.InvariantCulture, $"{Total.LostPostsPerKey}")),
        ("most uploads of one file, and where a ledger was lost or new files are listed late", string.Create(CultureInfo.InvariantCulture, $"{Total.UploadsPerKey}, {Total.BlindUploadsPerKey}")),
        ("secrets found in logs, journals, ledgers and reports", string.Create(CultureInfo.InvariantCulture, $"{Total.Secrets}")),
    ];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        seeds {FirstSeed} to {FirstSeed + Judgements.Count - 1}: {Judgements.Count} plans in {Took.TotalSeconds:0.0} s, CPU {Cpu.TotalSeconds:0.0} s, {Failures.Count} broken
        runs {Total.Runs}, without an end {Total.Unfinished}, hosts killed or stopped {Kills}, exchanges with the provider {Exchanges}
        most per key: jobs {Total.JobsPerKey}, trained ones anywhere {Total.TrainedJobsPerKey}, calls to create a job {Total.PostsPerKey} ({Total.LostPostsPerKey} of them lost), uploads {Total.UploadsPerKey} (blind {Total.BlindUploadsPerKey}); secrets found {Total.Secrets}
        broken promises: {string.Join(", ", Failures.SelectMany(failure => failure.Violations.Select(one => one.Invariant).Distinct()).CountBy(one => one))}
        {string.Join('\n', Coverage.Select(one => $"{one.Value,8} {one.Key}"))}
        {string.Join("\n\n", Failures.Take(MostShown))}
        """);
}
