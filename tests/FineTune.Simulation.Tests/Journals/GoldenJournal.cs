using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests.Journals;

/// <summary>A journal that some version of the product left behind in the middle of a run, and the step that is next.</summary>
/// <remarks>
/// Files lie in <c>Journals/recorded</c>, named <c>form-N-where.sql</c> after the form of the workflows, and are never edited. When the workflows
/// get another form: <c>FT_RECORD=form-3 dotnet test tests/FineTune.Simulation.Tests --filter RecordJournals -- xUnit.Explicit=on</c>.
/// </remarks>
internal sealed record GoldenJournal(string Sql, string Next)
{
    private const string NextMark = "-- next: ";

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "FineTune.Simulation.Tests", "Journals", "recorded");

    public static GoldenJournal Load(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder, name));
        return new GoldenJournal(text, text.Split('\n')[0][NextMark.Length..]);
    }

    public void Save(string name) => File.WriteAllText(Path.Combine(Folder, name), $"{NextMark}{Next}\n{Sql}");

    /// <summary>Lets today's code take up the journal; time leaps ahead, so that every wait is over, but nothing gets out of the host.</summary>
    public async Task<(string Wanted, IReadOnlyList<string> States, int Calls)> ReplayAsync(Sabotage sabotage)
    {
        await using SimulatedWorld world = await SimulatedWorld.OpenAsync(PlanDrawing.Plain(), sabotage);
        JournalText.Write(Sql, world.EngineFolderOf("A"));
        SimulatedHost host = await SimulatedHost.StartAsync("A", world);
        await host.QuietAsync();
        world.Clock.MoveTo(world.Clock.GetUtcNow().AddDays(60));
        await host.QuietAsync();
        string wanted = string.Join(", ", host.Gates.Held.Select(call => call.Label.Split(' ')[1].TrimEnd(':')));
        string[] states = [.. host.Journal.ListUnfinished().Select(row => $"{row.Workflow} {row.Status} {row.Error}")];
        await host.KillAsync();
        return (wanted, states, world.Chronicle.Exchanges.Count);
    }
}
