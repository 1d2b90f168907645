using FineTune.Local;
using FineTune.Ports;
using FineTune.Simulation.Tests.Oracle;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests;

/// <summary>The oracle can fail: for each promise there is a way to break the product that it must notice.</summary>
public sealed class OracleTests
{
    private static readonly Dictionary<string, Break> Broken = new()
    {
        ["a client that repeats the call that costs money"] = new([nameof(Money.OneJobForEachKey)], OnTheLine(BrokenLine.RepeatPurchaseAsync)) { Fault = "created, connection dropped" },
        ["a client that finds no job again"] = new([nameof(Money.OneJobForEachKey)], OnTheLine(BrokenLine.ShowNoJobsAsync)) { Disturbance = new(80, DisturbanceKind.LoseStorage, Which: 1) },
        ["a client that repeats uploads"] = new([nameof(Money.HardlyAnUploadTooMany)], OnTheLine(BrokenLine.RepeatUploadAsync)),
        ["a file that is not deleted"] = new(
            [nameof(Money.HardlyAFileIsLeftBehind), nameof(Money.NoFileIsLeftBehind), nameof(Replays.NothingIsLeftToSweep)], OnTheLine(BrokenLine.PretendToDeleteAsync)),
        ["a run without an end"] = new([nameof(Ends.EveryRunEnds)], new() { Run = row => row with { Status = RunStatus.Running } }),
        ["a run that no sweep closes"] = new([nameof(Ends.EveryRunEnds)], new() { Run = GoOnForEver }) { IsTrainable = false, Disturbance = new(14, DisturbanceKind.LoseLedger, Which: 1) },
        ["a job that counts as failed"] = new([nameof(Ends.NoRunEndsWithoutACause)], new() { Run = row => row.ModelId is null ? row : row with { Status = RunStatus.Failed } }),
        ["a sweep that starts nothing"] = new([nameof(Ends.WhatNobodyHeardOfIsFound)], With("FineTune:StartMissedAfter", "7.00:00:00")) { Disturbance = new(40, DisturbanceKind.DropUnheard, Which: 1) },
        ["another model"] = new([nameof(Ends.NoModelIsLost), nameof(Ends.EveryModelIsFound)], new() { Run = row => row.ModelId is null ? row : row with { ModelId = "ft:another" } }),
        ["a model under another name"] = new(
            [nameof(Ends.NoModelIsLost), nameof(Aliases.EveryAliasMeansAModel)], new() { Model = model => model with { ModelId = "ft:another" } })
        { SharesAlias = true },
        ["a key in a row"] = new([nameof(Secrets.NothingComesOut)], new() { Run = row => row with { Detail = SimulatedWorld.ApiKey } }),
        ["a journal that loses its last writes"] = new(
            [nameof(Replays.WhatIsJournaledIsNotDoneAgain)], new() { Journal = BackBeforeTheUpload })
        { Disturbance = new(55, DisturbanceKind.Kill, Which: 1) },
        ["an intent that is not written"] = new(["RequireIntentAsync"], new() { Claim = claim => claim with { OpenIntentAt = null } }),
        ["a client that does not wait"] = new([nameof(Discipline.NobodyCallsTooEarly)], OnTheLine(BrokenLine.ForgetToWaitAsync)) { Fault = "create 429, Retry-After 1200" },
        ["a client that looks as often as it likes"] = new([nameof(Discipline.NobodyLooksTooEarly)], OnTheLine(BrokenLine.ForgetToWaitAsync)) { Fault = "file look 429" },
        ["a follower that hardly pauses"] = new([nameof(Discipline.NobodyLooksTooOften)], With("FineTune:PollEvery", "00:00:01")),
        ["a forged webhook that is believed"] = new(
            [nameof(WebhookSenders.Forge), nameof(Discipline.NobodyCallsForAForger)], With("FineTune:Webhooks:ProviderSecrets:1", WebhookSenders.AnotherSecret))
        {
            Disturbance = new(70, DisturbanceKind.ForgeWebhook, Which: 0),
        },
        ["a budget that nobody was told of"] = new([nameof(Money.TheMonthIsNotOverspent)], With("FineTune:MonthBudget", null)) { MonthBudget = 0.01m },
        ["other bytes"] = new([nameof(Money.TrainedOnTheBytesOfTheKey)], OnTheLine(BrokenLine.UploadOtherBytesAsync)),
        ["an engine that knows no run that is over"] = new([nameof(Replays.WhatIsOverStaysOver)], new()
        {
            Journal = "DELETE FROM steps; DELETE FROM instances",
            Run = row => row with { Status = RunStatus.Running, CancelRequested = false },
            Claim = BelongsToTheFirst(),
        }),
        ["a ledger's page that is overwritten"] = new([nameof(Replays.FilesAreSound)], new() { Disk = OverwriteAPage }),
        ["a place in line that is not given back"] = new([nameof(Replays.NobodyIsLeftInLine)], With("FineTune:Provider:MaxJobs", "1") with { Shared = KeepThePlace }),
        ["an event that is dropped"] = new([nameof(Ends.EveryEventOnceAndInOrder)], new() { Events = events => [.. events.Skip(1)] }),
    };

    private const string BackBeforeTheUpload = """
        DELETE FROM steps WHERE seq > (SELECT seq FROM steps WHERE name = 'UploadDataset');
        UPDATE steps SET outcome = NULL, payload = NULL, delivery = NULL, completed_at = NULL WHERE name = 'UploadDataset'
        """;

    public static TheoryData<string> Ways => [.. Broken.Keys];

    [Theory, MemberData(nameof(Ways))]
    public async Task Oracle_Notices_WhenTheProductIsBroken(string way)
    {
        Break broken = Broken[way];

        Judgement found = await Simulation.PlayAsync(broken.Plan, broken.Sabotage);
        Judgement whole = await Simulation.PlayAsync(broken.Plan, Sabotage.None);

        Assert.Empty(broken.Checks.Except(found.Violations.Select(violation => violation.Check)));
        Assert.Empty(whole.Violations);
    }

    /// <summary>Those of rows and aliases that the product has no way to break are below.</summary>
    [Fact]
    public void Oracle_HasNoCheckThatWasNeverSeenToFail()
        => Assert.Empty(Judge.Checks.Except([.. Broken.Values.SelectMany(one => one.Checks), nameof(Ends.WhatIsFinalStays), nameof(Aliases.WhatAPersonChoseStays)]));

    /// <summary>A row that changes after the end; the product itself has no way to write one.</summary>
    [Fact]
    public async Task Oracle_Notices_WhenAFinalRowChanges()
    {
        Judgement whole = await Simulation.PlayAsync(PlanDrawing.Plain(), Sabotage.None);
        RunRow last = whole.Chronicle.Rows[^1];

        whole.Chronicle.Rows.Add(last with { Detail = "On second thoughts." });

        Assert.NotEmpty(Ends.ChangedAfterTheEnd(whole.Chronicle.Rows));
    }

    /// <summary>Nor has it a way to take an alias from a person.</summary>
    [Fact]
    public async Task Oracle_Notices_WhenARunTakesAnAliasFromAPerson()
    {
        Judgement whole = await Simulation.PlayAsync(PlanDrawing.Plain() with { SharesAlias = true }, Sabotage.None);
        (AliasRow? none, AliasRow alias) = whole.Chronicle.Aliases.Single();
        ModelRow newer = new() { ModelId = "ft:newer", RunId = "run-2", JobId = "ftjob-2", BaseModel = SimulatedWorld.Spec.Model, Dataset = "lamps.jsonl", CreatedAt = alias.ModelCreatedAt.AddHours(1) };
        AliasRow moved = AliasRow.PointedAt(alias, alias.Alias, newer, "run run-2", held: false, newer.CreatedAt);

        Assert.Null(none);
        Assert.Empty(Aliases.MovedAgainstAPerson([(null, alias), (alias, moved)]));
        Assert.NotEmpty(Aliases.MovedAgainstAPerson([(null, alias), (alias with { Held = true }, moved)]));
    }

    /// <summary>The sweep's last word on a run is not written.</summary>
    private static RunRow GoOnForEver(RunRow row) => row.Detail?.StartsWith("Its workflow is over", StringComparison.Ordinal) is true ? row with { Status = RunStatus.Running } : row;

    /// <summary>Or the money lock would stop what begins again.</summary>
    private static Func<SpendingClaim, SpendingClaim> BelongsToTheFirst()
    {
        string? first = null;
        return claim => claim with { RunId = first ??= claim.RunId };
    }

    private static SharedRow KeepThePlace(SharedRow row) => row is { Group: "line", Body: null } ? row with { Body = "{}" } : row;

    /// <summary>Past the first, which has the file's own format.</summary>
    private static void OverwriteAPage(DataFolder folder)
    {
        using FileStream file = File.OpenWrite(folder.Ledger);
        file.Position = 4096;
        file.Write([.. Enumerable.Repeat((byte)0x5a, 4096)]);
    }

    private static Sabotage OnTheLine(BrokenLine.Change change) => new() { Line = line => new BrokenLine(change) { InnerHandler = line } };

    private static Sabotage With(string setting, string? value) => new() { Settings = settings => settings[setting] = value };

    /// <summary>One way to break the product, and the checks that must notice.</summary>
    private sealed record Break(string[] Checks, Sabotage Sabotage)
    {
        public string? Fault { get; init; }

        public Disturbance? Disturbance { get; init; }

        public decimal? MonthBudget { get; init; }

        public bool SharesAlias { get; init; }

        public bool IsTrainable { get; init; } = true;

        public Plan Plan => PlanDrawing.Plain(Fault, monthBudget: MonthBudget, isTrainable: IsTrainable) with
        {
            SharesAlias = SharesAlias,
            Disturbances = Disturbance is null ? [] : [Disturbance],
        };
    }
}
