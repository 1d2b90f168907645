using System.Globalization;
using FineTune.Simulation.Tests.Oracle;

namespace FineTune.Simulation.Tests;

/// <summary>What came of many simulations.</summary>
/// <param name="Cpu">Of the whole process; other work on the machine does not lengthen it.</param>
internal sealed record Summary(int FirstSeed, IReadOnlyList<Judgement> Judgements, TimeSpan Took, TimeSpan Cpu)
{
    private const int MostShown = 10;

    public IReadOnlyList<Judgement> Failures { get; } = [.. Judgements.Where(judgement => judgement.Violations.Count > 0)];

    public Tally Total { get; } = Judgements.Aggregate(Tally.Nothing, (sum, judgement) => sum.And(judgement.Tally));

    public int Kills { get; } = Judgements.Sum(judgement => judgement.Chronicle.Kills);

    public int Exchanges { get; } = Judgements.Sum(judgement => judgement.Chronicle.Exchanges.Count);

    /// <summary>How often each fault, disturbance and end came up.</summary>
    public SortedDictionary<string, int> Coverage { get; } = new(
        Judgements.SelectMany(judgement => judgement.Chronicle.Events).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Sum(item => item.Value)),
        StringComparer.Ordinal);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        seeds {FirstSeed} to {FirstSeed + Judgements.Count - 1}: {Judgements.Count} plans in {Took.TotalSeconds:0.0} s, CPU {Cpu.TotalSeconds:0.0} s, {Failures.Count} broken
        runs {Total.Runs}, without an end {Total.Unfinished}, hosts killed or stopped {Kills}, exchanges with the provider {Exchanges}
        most per key: jobs {Total.JobsPerKey}, calls to create a job {Total.PostsPerKey}, uploads {Total.UploadsPerKey}; secrets found {Total.Secrets}
        broken promises: {string.Join(", ", Failures.SelectMany(failure => failure.Violations.Select(one => one.Invariant).Distinct()).CountBy(one => one))}
        {string.Join('\n', Coverage.Select(one => $"{one.Value,8} {one.Key}"))}
        {string.Join("\n\n", Failures.Take(MostShown))}
        """);
}
