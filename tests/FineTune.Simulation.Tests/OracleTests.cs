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
        ["a client that repeats the call that costs money"] = new("I1", OnTheLine(BrokenLine.RepeatPurchaseAsync)) { Fault = "created, connection dropped" },
        ["a client that finds no job again"] = new("I1", OnTheLine(BrokenLine.ShowNoJobsAsync)) { Disturbance = new(80, DisturbanceKind.LoseStorage, Which: 1) },
        ["a file that is not deleted"] = new("I2", OnTheLine(BrokenLine.PretendToDeleteAsync)),
        ["a run without an end"] = new("I3", new() { Run = row => row with { Status = RunStatus.Running } }),
        ["a job that counts as failed"] = new("I3", new() { Run = row => row.ModelId is null ? row : row with { Status = RunStatus.Failed } }),
        ["another model"] = new("I4", new() { Run = row => row.ModelId is null ? row : row with { ModelId = "ft:another" } }),
        ["a key in a row"] = new("I5", new() { Run = row => row with { Detail = SimulatedWorld.ApiKey } }),
        ["a journal that loses its last writes"] = new("I7", new() { Journal = BackBeforeTheUpload }) { Disturbance = new(55, DisturbanceKind.Kill, Which: 1) },
        ["an intent that is not written"] = new("I9", new() { Claim = claim => claim with { OpenIntentAt = null } }),
        ["a client that does not wait"] = new("I9", OnTheLine(BrokenLine.ForgetToWaitAsync)) { Fault = "create 429, Retry-After 1200" },
        ["a budget that nobody was told of"] = new("I9", new() { Settings = settings => settings["FineTune:MonthBudget"] = null }) { MonthBudget = 0.01m },
        ["a client that looks as often as it likes"] = new("I9", OnTheLine(BrokenLine.ForgetToWaitAsync)) { Fault = "file look 429" },
        ["other bytes"] = new("I10", OnTheLine(BrokenLine.UploadOtherBytesAsync)),
        ["an engine that knows no run that is over"] = new("I11", new()
        {
            Journal = "DELETE FROM steps; DELETE FROM instances",
            Run = row => row with { Status = RunStatus.Running },
        }),
        ["a ledger's page that is overwritten"] = new("I12", new() { Disk = OverwriteAPage }),
        ["an event that is dropped"] = new("I13", new() { Events = events => [.. events.Skip(1)] }),
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

        Assert.Contains(found.Violations, violation => violation.Invariant == broken.Promise);
        Assert.Empty(whole.Violations);
    }

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
        ModelRow newer = new() { ModelId = "ft:newer", RunId = "run-2", JobId = "ftjob-2", BaseModel = SimulatedWorld.Model, Dataset = "lamps.jsonl", CreatedAt = alias.ModelCreatedAt.AddHours(1) };
        AliasRow moved = AliasRow.PointedAt(alias, alias.Alias, newer, "run run-2", held: false, newer.CreatedAt);

        Assert.Null(none);
        Assert.Empty(Aliases.MovedAgainstAPerson([(null, alias), (alias, moved)]));
        Assert.NotEmpty(Aliases.MovedAgainstAPerson([(null, alias), (alias with { Held = true }, moved)]));
    }

    /// <summary>Past the first, which has the file's own format.</summary>
    private static void OverwriteAPage(DataFolder folder)
    {
        using FileStream file = File.OpenWrite(folder.Ledger);
        file.Position = 4096;
        file.Write([.. Enumerable.Repeat((byte)0x5a, 4096)]);
    }

    private static Sabotage OnTheLine(BrokenLine.Change change) => new() { Line = line => new BrokenLine(change) { InnerHandler = line } };

    /// <summary>One way to break the product.</summary>
    private sealed record Break(string Promise, Sabotage Sabotage)
    {
        public string? Fault { get; init; }

        public Disturbance? Disturbance { get; init; }

        public decimal? MonthBudget { get; init; }

        public Plan Plan => PlanDrawing.Plain(Fault, monthBudget: MonthBudget) with { Disturbances = Disturbance is null ? [] : [Disturbance] };
    }
}
