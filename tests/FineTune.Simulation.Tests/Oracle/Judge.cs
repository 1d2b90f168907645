using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>Every promise that the product makes, each held against the evidence under its number.</summary>
internal static class Judge
{
    /// <summary>When all runs are over, whatever was done to them.</summary>
    private static readonly (string Invariant, Func<Evidence, IEnumerable<string>> Check)[] AtTheEnd =
    [
        ("I1", Money.OneJobForEachKey),
        ("I2", Money.HardlyAnUploadTooMany),
        ("I2", Money.HardlyAFileIsLeftBehind),
        ("I3", Ends.EveryRunEnds),
        ("I3", Ends.NoRunEndsWithoutACause),
        ("I4", Ends.NoModelIsLost),
        ("I9", Discipline.NobodyCallsTooEarly),
        ("I9", Discipline.NobodyLooksTooEarly),
        ("I9", Discipline.NobodyLooksTooOften),
        ("I9", Discipline.NobodyCallsForAForger),
        ("I9", Money.TheMonthIsNotOverspent),
        ("I10", Money.TrainedOnTheBytesOfTheKey),
        ("I13", Ends.EveryEventOnceAndInOrder),
    ];

    /// <summary>When the provider was well again and a sweep has been through.</summary>
    private static readonly (string Invariant, Func<Evidence, IEnumerable<string>> Check)[] AfterTheSweep =
    [
        ("I1", Money.OneJobForEachKey),
        ("I2", Money.NoFileIsLeftBehind),
        ("I3", Ends.EveryRunEnds),
        ("I3", Ends.NoRunEndsWithoutACause),
        ("I3", Ends.WhatNobodyHeardOfIsFound),
        ("I4", Ends.NoModelIsLost),
        ("I4", Ends.EveryModelIsFound),
        ("I5", Secrets.NothingComesOut),
        ("I4", Aliases.EveryAliasMeansAModel),
        ("I6", Ends.WhatIsFinalStays),
        ("I6", Aliases.WhatAPersonChoseStays),
        ("I7", Replays.WhatIsJournaledIsNotDoneAgain),
        ("I10", Money.TrainedOnTheBytesOfTheKey),
        ("I11", Replays.WhatIsOverStaysOver),
        ("I11", Replays.NothingIsLeftToSweep),
        ("I12", Replays.FilesAreSound),
        ("I12", Replays.NobodyIsLeftInLine),
        ("I13", Ends.EveryEventOnceAndInOrder),
    ];

    /// <summary>By their methods' names.</summary>
    public static IEnumerable<string> Checks => AtTheEnd.Concat(AfterTheSweep).Select(one => one.Check.Method.Name).Distinct();

    public static IReadOnlyList<Violation> Ended(Evidence evidence) => All(AtTheEnd, evidence);

    /// <summary>To be asked when no host is up any more.</summary>
    public static IReadOnlyList<Violation> Swept(Evidence evidence) => All(AfterTheSweep, evidence);

    /// <param name="ended">When all runs were over.</param>
    /// <param name="swept">After the sweep.</param>
    public static Tally Count(Evidence ended, Evidence swept)
    {
        bool isPlain = !ended.Plan.ListsLagForLong && ended.Chronicle.Ledgers.Count == 1;
        int uploads = Most(ended.Keys.Select(ended.UploadsOf));
        bool seesUploads = isPlain && !ended.Plan.Faults.Any(Money.LagsBehindUploads);
        return new Tally(
            ended.Rows.Count,
            ended.Rows.Count(row => row.Status is Ports.RunStatus.Running),
            isPlain ? Most(swept.Keys.Select(key => swept.Jobs.Count(job => job.Key == key))) : 0,
            Most(swept.Keys.Select(key => swept.Jobs.Count(job => job.Key == key && job.TrainedTokens > 0))),
            Most(ended.Keys.Select(key => ended.Books.JobPosts.GetValueOrDefault(key))),
            Most(ended.Claims.Values.Select(claim => claim.Attempts)),
            seesUploads ? uploads : 0,
            seesUploads ? 0 : uploads,
            Secrets.NothingComesOut(swept).Count());
    }

    private static int Most(IEnumerable<int> counts) => counts.DefaultIfEmpty().Max();

    private static IReadOnlyList<Violation> All((string Invariant, Func<Evidence, IEnumerable<string>> Check)[] checks, Evidence evidence)
        => [.. checks.SelectMany(check => check.Check(evidence).Select(sentence => new Violation(check.Invariant, check.Check.Method.Name, sentence)))];
}
