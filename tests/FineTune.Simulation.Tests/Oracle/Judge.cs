using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>Every promise that the product makes, each held against the evidence under its number.</summary>
internal static class Judge
{
    private static readonly (string Invariant, Func<Evidence, IEnumerable<string>> Check)[] Checks =
    [
        ("I1", Money.OneJobForEachKey),
        ("I2", Money.HardlyAnUploadTooMany),
        ("I2", Money.NoFileIsLeftBehind),
        ("I3", Ends.EveryRunEnds),
        ("I3", Ends.NoRunEndsWithoutACause),
        ("I4", Ends.NoModelIsLost),
        ("I5", Secrets.NothingComesOut),
        ("I6", Ends.WhatIsFinalStays),
        ("I7", Replays.WhatIsJournaledIsNotDoneAgain),
        ("I9", Discipline.NobodyCallsTooEarly),
        ("I9", Discipline.NobodyLooksTooOften),
        ("I10", Money.TrainedOnTheBytesOfTheKey),
        ("I11", Replays.WhatIsOverStaysOver),
        ("I12", Replays.FilesAreSound),
        ("I13", Ends.EveryEventOnceAndInOrder),
    ];

    /// <summary>To be asked when no host is up any more.</summary>
    public static IReadOnlyList<Violation> All(Evidence evidence)
        => [.. Checks.SelectMany(check => check.Check(evidence).Select(sentence => new Violation(check.Invariant, sentence)))];

    public static Tally Count(Evidence evidence) => new(
        evidence.Rows.Count,
        evidence.Rows.Count(row => row.Status is Ports.RunStatus.Running),
        Most(evidence.Keys.Select(key => evidence.Jobs.Count(job => job.Key == key))),
        Most(evidence.Keys.Select(key => evidence.Books.JobPosts.GetValueOrDefault(key))),
        Most(evidence.Claims.Values.Select(claim => claim.Attempts)),
        Most(evidence.Keys.Select(evidence.UploadsOf)),
        Secrets.NothingComesOut(evidence).Count());

    private static int Most(IEnumerable<int> counts) => counts.DefaultIfEmpty().Max();
}
