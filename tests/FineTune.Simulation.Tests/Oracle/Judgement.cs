using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>What the oracle found in one simulation.</summary>
internal sealed record Judgement(Plan Plan, Chronicle Chronicle, IReadOnlyList<Violation> Violations)
{
    public required Tally Tally { get; init; }

    /// <summary>All that is needed to see it again: the seed, the plan, what is broken and how it came to that.</summary>
    public override string ToString() => $"""
        {string.Join('\n', Violations)}
        {Plan}
        Again: FT_SEED={Plan.Seed} dotnet test tests/FineTune.Simulation.Tests --filter OneSeed
        """;
}

/// <summary>The figures of one simulation, or of many.</summary>
/// <param name="JobsPerKey">Where no ledger was lost and new jobs were listed before a lost one is asked for again.</param>
/// <param name="TrainedJobsPerKey">Anywhere: jobs that have trained anything.</param>
/// <param name="PostsPerKey">Calls to create a job, refused ones among them.</param>
/// <param name="LostPostsPerKey">Of these, calls whose answer said neither yes nor no.</param>
/// <param name="UploadsPerKey">Where no ledger was lost and new files were listed at once.</param>
/// <param name="BlindUploadsPerKey">Everywhere else.</param>
internal sealed record Tally(
    int Runs, int Unfinished, int JobsPerKey, int TrainedJobsPerKey, int PostsPerKey, int LostPostsPerKey, int UploadsPerKey, int BlindUploadsPerKey, int Secrets)
{
    public static readonly Tally Nothing = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Tally And(Tally other) => new(
        Runs + other.Runs,
        Unfinished + other.Unfinished,
        Math.Max(JobsPerKey, other.JobsPerKey),
        Math.Max(TrainedJobsPerKey, other.TrainedJobsPerKey),
        Math.Max(PostsPerKey, other.PostsPerKey),
        Math.Max(LostPostsPerKey, other.LostPostsPerKey),
        Math.Max(UploadsPerKey, other.UploadsPerKey),
        Math.Max(BlindUploadsPerKey, other.BlindUploadsPerKey),
        Secrets + other.Secrets);
}
