using FineTune.Local.Engine.Journaling;
using FineTune.Ports;
using FineTune.Simulation.Tests.Machine;
using FineTune.Simulation.Tests.Oracle;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests;

/// <summary>
/// Plays one plan to its end. The real product runs in here, workflows, activities, engine, ledger and provider client, against the
/// real emulator; but whatever leaves a host is held at its gates, and one seed decides who goes on, when time passes and what breaks.
/// </summary>
internal sealed class Simulation : IAsyncDisposable
{
    /// <summary>The provider's client gives a call up after this; a held call is not held for longer.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(2);

    /// <summary>In steps; a run takes some hundreds of them, however long it sleeps.</summary>
    private const int Patience = 60_000;

    /// <summary>Longer than any run can still be on its way from its upload to its job.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromDays(4);

    /// <summary>Of real time; a step takes less than a millisecond.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(60);

    private readonly Plan _plan;
    private readonly Random _random;
    private readonly HostGroup _hosts;
    private readonly Disturber _disturber;
    private readonly People _people;
    private readonly AliasKeepers _aliases;
    private readonly Dictionary<string, string> _scripted = [];
    private string[] _met = [];
    private int _steps;

    private Simulation(Plan plan, SimulatedWorld world)
    {
        _plan = plan;
        World = world;
        _random = new Random(plan.Seed ^ 0x5eed);
        _hosts = new HostGroup(plan, world);
        _people = new People(plan, world, _hosts);
        _aliases = new AliasKeepers(world, _hosts);
        _disturber = new Disturber(plan, world, _hosts, _people, _aliases, _random);
    }

    public SimulatedWorld World { get; }

    private Chronicle Chronicle => World.Chronicle;

    /// <summary>Plays the plan of a seed and judges it.</summary>
    public static Task<Judgement> PlayAsync(int seed) => PlayAsync(PlanDrawing.Draw(seed), Sabotage.None);

    public static async Task<Judgement> PlayAsync(Plan plan, Sabotage sabotage)
    {
        await using Simulation simulation = new(plan, await SimulatedWorld.OpenAsync(plan, sabotage));
        try
        {
            return await simulation.PlayAsync();
        }
        catch (Exception failure)
        {
            return new Judgement(plan, simulation.Chronicle, [new Violation("none", nameof(Simulation), $"the simulation broke off: {failure}")]) { Tally = Tally.Nothing };
        }
    }

    /// <summary>Plays a plan until its journal is as wanted, kills the host there and returns what <paramref name="read"/> finds in its folder.</summary>
    public static async Task<string> StopAsync(Plan plan, Func<JournalReader, bool> isThere, Func<string, string> read)
    {
        await using Simulation simulation = new(plan, await SimulatedWorld.OpenAsync(plan, Sabotage.None));
        await simulation.BeginAsync();
        SimulatedHost host = simulation._hosts.Up.Single();
        await simulation.RunOutAsync(() => isThere(host.Journal));
        await host.KillAsync();
        return read(simulation.World.EngineFolderOf(host.Name));
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private async Task BeginAsync()
    {
        await _people.BeginAsync();
        foreach (ProviderFault fault in _plan.Faults)
        {
            _scripted[World.Provider.Add(fault.Fault)] = fault.Name;
        }

        await _hosts.StartAllAsync();
    }

    private async Task<Judgement> PlayAsync()
    {
        await BeginAsync();
        bool isOver = await RunOutAsync(isEnough: () => false);
        await _hosts.EndCutAsync();
        _met = [.. World.Provider.Faults.Where(fault => fault.Fired > 0).Select(fault => fault.Id)];
        Evidence ended = await Evidence.GatherAsync(_plan, World, isOver);
        NoteCoverage(ended);
        Evidence swept = await SweepUpAsync();
        await TellAgainAsync(swept);
        await _hosts.StopAllAsync();
        World.Sabotage.Disk(World.Folder);
        return new Judgement(_plan, Chronicle, [.. Chronicle.Violations, .. Judge.Ended(ended), .. Judge.Swept(swept)]) { Tally = Judge.Count(ended, swept) };
    }

    /// <summary>
    /// Days later all is well again, and a sweep puts right what the faults and the dead have left behind. What the runs that it started leave, the
    /// next one finds.
    /// </summary>
    private async Task<Evidence> SweepUpAsync()
    {
        World.Provider.Heal();
        World.Clock.MoveTo(World.Clock.GetUtcNow() + Aftermath);
        await _hosts.RestartAsync();
        _disturber.Rest();
        _people.Sweeps.Want();
        bool isOver = await RunOutAsync(isEnough: () => false);
        _people.Sweeps.Want();
        return await Evidence.GatherAsync(_plan, World, await RunOutAsync(isEnough: () => false) && isOver);
    }

    /// <summary>False when it did not come to an end.</summary>
    private async Task<bool> RunOutAsync(Func<bool> isEnough)
    {
        for (_steps = 0; _steps < Patience; _steps++)
        {
            await QuietAsync();
            await _disturber.DisturbAsync(_steps);
            await QuietAsync();
            if (isEnough())
            {
                return true;
            }

            if (World.Clock.NextDue is null && await AreDoneAsync())
            {
                return true;
            }

            HeldAt[] held = [.. _hosts.Held()];
            if (held.Length > 0 && !(_random.Next(16) == 0 && MayTimePass(held)))
            {
                Release(held[_random.Next(held.Length)]);
            }
            else
            {
                await PassTimeAsync(held);
            }
        }

        return false;
    }

    private async Task<bool> AreDoneAsync()
    {
        bool isDone = !_hosts.Held().Any() && await _people.AreDoneAsync() && _hosts.AreDone();
        await QuietAsync();
        return isDone;
    }

    /// <summary>Whatever was told once is told again: for runs that are over, that must not lead to a single call. A sweep looks, and finds nothing.</summary>
    private async Task TellAgainAsync(Evidence evidence)
    {
        await _hosts.RestartAsync();
        int before = Chronicle.Exchanges.Count;
        _people.TellAgain(evidence.Rows);
        await RunOutAsync(isEnough: () => false);
        evidence.CallsAfterTheEnd = [.. Chronicle.Exchanges.Skip(before)];

        before = Chronicle.Exchanges.Count;
        _people.Sweeps.Want();
        await RunOutAsync(isEnough: () => false);
        evidence.CallsOfTheLastSweep = [.. Chronicle.Exchanges.Skip(before)];
        evidence.LastSweep = _people.Sweeps.Last;
    }

    private void NoteCoverage(Evidence evidence)
    {
        foreach (RunRow row in evidence.Rows)
        {
            Chronicle.Count($"ended {row.Status}");
        }

        foreach (string fault in _met)
        {
            Chronicle.Count($"fault: {_scripted[fault]}");
        }
    }

    private async Task QuietAsync()
    {
        try
        {
            Task quiet = _hosts.QuietAsync();
            await (quiet.IsCompleted ? quiet : quiet.WaitAsync(Stuck));
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException(
                $"After step {_steps} the hosts did not come to rest within {Stuck}.\n{_plan}\n{string.Join('\n', Chronicle.Lines.TakeLast(40))}");
        }

        await _hosts.BuryAsync();
    }

    private void Release(HeldAt held)
    {
        Verdict verdict = _disturber.Judge(held.Call);
        Chronicle.Note($"{held.Host.Name} {held.Call.Label} [{held.Call.Place}] {verdict}");
        held.Host.Gates.Release(held.Call, verdict);
    }

    private bool MayTimePass(HeldAt[] held)
        => World.Clock.NextDue is { } due && held.All(one => one.Call.Place is Place.Step || due < one.Call.Since + CallTimeout);

    /// <summary>Leaps to whatever happens next.</summary>
    private async Task PassTimeAsync(HeldAt[] held)
    {
        DateTimeOffset? next = Earliest([World.Clock.NextDue, _hosts.NextStart, _people.NextDeed]);
        if (next is not { } moment)
        {
            throw new InvalidOperationException($"Nothing will ever happen again.\n{_plan}\n{string.Join('\n', Chronicle.Lines.TakeLast(40))}");
        }

        if (held.Length > 0)
        {
            Chronicle.Note($"time passes while {held.Length} calls are held");
        }

        World.Clock.MoveTo(moment);
        await _people.ActAsync();
        _aliases.Act();
        await _hosts.StartDueAsync();
    }

    private static DateTimeOffset? Earliest(DateTimeOffset?[] moments) => moments.Min();
}
