using System.Globalization;
using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests.Plans;

/// <summary>Draws a plan from a seed.</summary>
internal sealed class PlanDrawing
{
    /// <summary>A run without trouble takes about so many steps.</summary>
    private const int UsualSteps = 160;

    private readonly int _seed;
    private readonly Random _random;

    private PlanDrawing(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
    }

    public static Plan Draw(int seed) => new PlanDrawing(seed).Draw();

    /// <summary>One dataset, one host, nothing but perhaps one fault and one person.</summary>
    public static Plan Plain(
        string? fault = null, PersonsAnswer answer = PersonsAnswer.NotAsked, decimal? monthBudget = null, bool isTrainable = true) => new(Seed: 1)
        {
            MonthBudget = monthBudget,
            Datasets = [new PlannedDataset("lamps.jsonl", "lamp", HasValidation: false, isTrainable)],
            Answer = answer,
            Settings = DrawSettings(answer, keepsFiles: false, knownJobs: null, monthBudget),
            Provider = new EmulatorOptions { Seed = 1 },
            Faults = fault is null ? [] : [ProviderFaults.All.Single(one => one.Name == fault)],
        };

    private Plan Draw()
    {
        PersonsAnswer answer = Chance(15) ? (PersonsAnswer)_random.Next(1, 4) : PersonsAnswer.NotAsked;
        bool keepsFiles = Chance(5);
        int? concurrentJobs = Chance(10) ? 1 : null;
        decimal? monthBudget = Chance(10) ? Pick(0.03m, 0.05m) : null;
        IReadOnlyList<ProviderFault> faults = [.. DrawFaults()];
        int? dailyJobs = Chance(4) ? 1 : null;
        bool isSlow = faults.Any(fault => fault.ListsLagForLong);
        IReadOnlyList<Disturbance> disturbances = [.. DrawDisturbances().OrderBy(disturbance => disturbance.AtStep)];
        bool losesLedger = disturbances.Any(one => one.Kind is DisturbanceKind.LoseLedger or DisturbanceKind.LoseStorage);
        return new Plan(_seed)
        {
            Hosts = Chance(15) ? HostsPlan.TwoJournals : Chance(15) ? HostsPlan.StandBy : HostsPlan.One,
            Datasets = [.. DrawDatasets(monthBudget is null ? 1 : 3)],
            MonthBudget = monthBudget,
            SharesAlias = Chance(25),
            Answer = answer,
            KeepsFiles = keepsFiles,
            Settings = DrawSettings(answer, keepsFiles, knownJobs: Chance(50) ? concurrentJobs : null, monthBudget, isSlow, dailyJobs is not null),
            Provider = DrawProvider(concurrentJobs, dailyJobs, isSlow),
            Faults = [.. faults.Where(fault => !losesLedger || !IsHopelessWithoutLedger(fault))],
            Disturbances = [.. disturbances.Where(disturbance => !losesLedger || !IsHopelessWithoutLedger(disturbance))],
            HasForeignJobs = Chance(20),
            ClockError = Chance(10) ? TimeSpan.FromMinutes(_random.Next(-120, 121)) : TimeSpan.Zero,
        };
    }

    /// <summary>A job that is in no ledger and not yet in the provider's list is known to nobody: then a second one may be bought.</summary>
    private static bool IsHopelessWithoutLedger(ProviderFault fault) => fault.Fault.Kind is FaultKind.ListLag;

    /// <summary>
    /// A version of a dataset that is in no ledger and in no folder any more is known to nobody: its workflow waits for its row in vain. Nor does
    /// anybody know who paused a job, and it stays paused.
    /// </summary>
    private static bool IsHopelessWithoutLedger(Disturbance disturbance)
        => disturbance.Kind is DisturbanceKind.Delete or DisturbanceKind.Overwrite or DisturbanceKind.Touch or DisturbanceKind.Pause;

    private IEnumerable<PlannedDataset> DrawDatasets(int atLeast)
    {
        int count = Math.Max(atLeast, Chance(65) ? 1 : Chance(70) ? 2 : 3);
        for (int i = 1; i <= count; i++)
        {
            string topic = i > 1 && Chance(30) ? "lamp of series 1" : $"lamp of series {i}";
            yield return new PlannedDataset($"lamps-{i}.jsonl", topic, HasValidation: Chance(15), IsTrainable: !Chance(4));
        }
    }

    /// <param name="knownJobs">The provider's limit where the product was told of it.</param>
    private static Dictionary<string, string?> DrawSettings(PersonsAnswer answer, bool keepsFiles, int? knownJobs, decimal? monthBudget, bool isSlow = false, bool isFull = false) => new()
    {
        ["FineTune:Provider:Endpoint"] = "http://127.0.0.1:9/v1/",
        ["FineTune:Provider:ApiKey"] = SimulatedWorld.ApiKey,
        ["FineTune:PollEvery"] = isSlow ? "00:20:00" : "00:00:20",
        ["FineTune:PollAtMost"] = isSlow || isFull ? "01:00:00" : "00:10:00", // where days are waited, nobody looks six times an hour
        ["FineTune:ApprovalDeadline"] = monthBudget is null ? "06:00:00" : "02:00:00", // while the month is full, the ledger is asked often
        ["FineTune:JobDeadline"] = "3.00:00:00",
        ["FineTune:Provider:MaxJobs"] = knownJobs?.ToString(CultureInfo.InvariantCulture),
        ["FineTune:KeepFiles"] = keepsFiles.ToString(),
        ["FineTune:ApproveAbove"] = answer is PersonsAnswer.NotAsked ? null : "0",
        ["FineTune:MonthBudget"] = monthBudget?.ToString(CultureInfo.InvariantCulture),
        ["FineTune:Webhooks:ProviderSecrets:0"] = SimulatedWorld.WebhookSecret,
    };

    /// <param name="isSlow">So that there is time to notice a job too many before it has trained.</param>
    private EmulatorOptions DrawProvider(int? concurrentJobs, int? dailyJobs, bool isSlow) => new()
    {
        Seed = _seed,
        FileProcessing = TimeSpan.FromSeconds(Pick(0, 5, 5, 120, 2700)),
        ShortestTraining = isSlow ? TimeSpan.FromHours(8) : TimeSpan.FromSeconds(Pick(20, 60, 300)),
        LongestTraining = TimeSpan.FromHours(20),
        ResultFilesAreBase64 = Chance(70),
        ConcurrentJobLimit = concurrentJobs,
        DailyJobLimit = dailyJobs,
    };

    private IEnumerable<ProviderFault> DrawFaults()
    {
        for (int i = Pick(0, 0, 1, 1, 2, 3, 5); i > 0; i--)
        {
            ProviderFault drawn = ProviderFaults.All[_random.Next(ProviderFaults.All.Count)];
            FaultMatch match = drawn.Fault.Match!;
            yield return drawn with { Fault = drawn.Fault with { Match = match with { Nth = Pick(1, 1, 1, 2, 3), Times = match.Times ?? TimesOf(drawn.Fault.Kind) } } };
            if (drawn.ListsLagForLong)
            {
                yield return ProviderFaults.All.Single(fault => fault.Name == "created, connection dropped"); // or nobody would have to look
            }
        }
    }

    private int? TimesOf(FaultKind kind)
        => kind is FaultKind.FailBefore or FaultKind.CommitThenDrop or FaultKind.GarbledBody or FaultKind.ResetMidUpload ? Pick(1, 1, 1, 2, 4) : null;

    private IEnumerable<Disturbance> DrawDisturbances()
    {
        for (int i = Pick(0, 1, 1, 2, 3, 4); i > 0; i--)
        {
            DisturbanceKind kind = Chance(45) ? Pick(DisturbanceKind.Kill, DisturbanceKind.KillAtCommit, DisturbanceKind.Stop)
                : Pick(Enum.GetValues<DisturbanceKind>());
            int step = _random.Next(UsualSteps);
            yield return new Disturbance(step, kind, _random.Next(1000));
            if (kind is DisturbanceKind.Kill or DisturbanceKind.KillAtCommit && Chance(25))
            {
                yield return new Disturbance(step + _random.Next(1, 12), kind, _random.Next(1000)); // while it is still recovering
            }
        }
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];
}
