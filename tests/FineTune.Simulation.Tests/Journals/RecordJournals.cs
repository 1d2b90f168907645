using FineTune.Activities;
using FineTune.Emulator;
using FineTune.Local.Engine.Journaling;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests.Journals;

/// <summary>Records what today's code leaves behind in the middle of a run; see <see cref="GoldenJournal"/>.</summary>
public sealed class RecordJournals
{
    /// <summary>Where to stop: after so many outcomes of a step, in a plan with this person and this fault.</summary>
    private static readonly (string Where, string After, int Outcomes, PersonsAnswer Person, string? Fault)[] Moments =
    [
        ("inspected", nameof(InspectDataset), 1, PersonsAnswer.NotAsked, null),
        ("asked-for-approval", nameof(ApproveSpending), 1, PersonsAnswer.Silence, null),
        ("claimed", nameof(ClaimKey), 1, PersonsAnswer.NotAsked, null),
        ("waits-for-its-file", nameof(CheckFile), 1, PersonsAnswer.NotAsked, null),
        ("answer-was-lost", nameof(CreateJob), 2, PersonsAnswer.NotAsked, "not created, 500"),
        ("follows-its-job", nameof(ReadJob), 4, PersonsAnswer.NotAsked, null),
        ("follows-as-new", nameof(ReadJob), 55, PersonsAnswer.NotAsked, null),
        ("collected", nameof(CollectResult), 1, PersonsAnswer.NotAsked, null),
        ("recorded", nameof(RecordOutcome), 1, PersonsAnswer.NotAsked, null),
    ];

    private static readonly EmulatorOptions LongTraining
        = new() { Seed = 1, ShortestTraining = TimeSpan.FromHours(5), LongestTraining = TimeSpan.FromHours(5) };

    [Fact(Explicit = true)]
    public async Task Record()
    {
        string form = Environment.GetEnvironmentVariable("FT_RECORD") ?? throw new InvalidOperationException("Say which form of the workflows it is: FT_RECORD=form-3.");
        foreach ((string where, string after, int outcomes, PersonsAnswer person, string? fault) in Moments)
        {
            Plan plan = PlanDrawing.Plain(fault, person) with { Provider = LongTraining };
            string sql = await Simulation.StopAsync(plan, new OutcomeCount(after, outcomes).IsReached, JournalText.Read);
            string next = (await new GoldenJournal(sql, "").ReplayAsync(Sabotage.None)).Wanted;
            new GoldenJournal(sql, next).Save($"{form}-{where}.sql");
        }
    }

    /// <summary>Counts outcomes of one step over all generations.</summary>
    private sealed class OutcomeCount(string step, int wanted)
    {
        private readonly HashSet<string> _seen = [];

        public bool IsReached(JournalReader journal)
        {
            foreach (InstanceRow row in journal.List())
            {
                var done = journal.ReadSteps(row.Id).Where(one => one.Name == step && one.Outcome is not null);
                _seen.UnionWith(done.Select(one => $"{row.Id} {row.Generation} {one.Seq}"));
            }

            return _seen.Count >= wanted;
        }
    }
}
