using FineTune.Local.Engine;
using FineTune.Local.Engine.Journaling;
using FineTune.Ports;
using FineTune.Simulation.Tests.Machine;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests;

/// <summary>A call that is held, and the host it is held at.</summary>
internal sealed record HeldAt(SimulatedHost Host, HeldCall Call);

/// <summary>The hosts of a plan: which are up, and when the others start again.</summary>
internal sealed class HostGroup(Plan plan, SimulatedWorld world)
{
    private readonly SortedDictionary<string, SimulatedHost> _up = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DateTimeOffset> _startAt = new(StringComparer.Ordinal);

    /// <summary>Those that are up, in the order of their names.</summary>
    public IReadOnlyCollection<SimulatedHost> Up => _up.Values;

    /// <summary>Null when nobody is to start; one that stands by waits for another's end, not for a time.</summary>
    public DateTimeOffset? NextStart => _startAt.Values.Where(at => at < DateTimeOffset.MaxValue).Select(at => (DateTimeOffset?)at).Min();

    public async Task StartAllAsync()
    {
        await StartAsync("A");
        if (plan.Hosts is not HostsPlan.One)
        {
            await StartAsync("B");
        }
    }

    /// <summary>Starts those whose time has come.</summary>
    public async Task StartDueAsync()
    {
        DateTimeOffset now = world.Clock.GetUtcNow();
        foreach (string name in _startAt.Where(host => host.Value <= now).Select(host => host.Key).ToArray())
        {
            _startAt.Remove(name);
            await StartAsync(name);
        }
    }

    /// <summary>All that is held anywhere, in an order that does not depend on chance.</summary>
    public IEnumerable<HeldAt> Held() => _up.Values.SelectMany(host => host.Gates.Held.Select(call => new HeldAt(host, call)));

    public async Task QuietAsync()
    {
        foreach (SimulatedHost host in _up.Values)
        {
            await host.QuietAsync();
        }
    }

    /// <summary>Clears away what died while it wrote to its journal.</summary>
    public async Task BuryAsync()
    {
        foreach (SimulatedHost host in _up.Values.Where(host => host.IsCut).ToArray())
        {
            world.Chronicle.Count("killed while it wrote to its journal");
            await KillAsync(host, TimeSpan.Zero);
        }
    }

    /// <summary>No cut is left in wait once the plan has been played.</summary>
    public async Task EndCutAsync()
    {
        foreach (SimulatedHost host in _up.Values)
        {
            host.Spare();
        }

        await BuryAsync();
        await StartDueAsync();
    }

    public async Task KillAsync(SimulatedHost host, TimeSpan down)
    {
        world.Chronicle.Note($"{host.Name} is killed");
        world.Chronicle.KilledAt.Add(world.Clock.GetUtcNow());
        await EndAsync(host, host.KillAsync, down);
    }

    public async Task StopAsync(SimulatedHost host, TimeSpan down)
    {
        world.Chronicle.Note($"{host.Name} is stopped");
        world.Chronicle.KilledAt.Add(world.Clock.GetUtcNow());
        await EndAsync(host, host.StopAsync, down);
    }

    /// <summary>Everybody dies, and what is on the disk is lost before anybody starts again.</summary>
    public async Task KillAllAsync(Action lose)
    {
        SimulatedHost[] all = [.. _up.Values];
        _up.Clear();
        foreach (SimulatedHost host in all)
        {
            world.Chronicle.KilledAt.Add(world.Clock.GetUtcNow());
            await host.KillAsync();
            NoteFinishedSteps(host);
        }

        lose();
        foreach (SimulatedHost host in all)
        {
            await StartAsync(host.Name);
        }
    }

    /// <summary>What a host kept in mind is gone.</summary>
    public async Task RestartAsync()
    {
        await StopAllAsync();
        _startAt.Clear();
        await StartAllAsync();
    }

    public async Task StopAllAsync()
    {
        foreach (SimulatedHost host in _up.Values)
        {
            await host.StopAsync();
        }

        _up.Clear();
    }

    /// <summary>Nothing to do and nothing to come, as far as the journals know.</summary>
    public bool AreDone()
        => NextStart is null && _up.Values.All(host => !host.Journal.ListUnfinished().Any(row => row.Status is WorkflowStatus.Running));

    private async Task StartAsync(string name)
    {
        try
        {
            _up[name] = await SimulatedHost.StartAsync(name, world);
            world.Chronicle.Note($"{name} starts");
        }
        catch (FolderInUseException) when (plan.Hosts is HostsPlan.StandBy && _up.Count > 0)
        {
            world.Chronicle.Count("stood by, for another host had the folder");
            _startAt[name] = DateTimeOffset.MaxValue;
        }
    }

    private async Task EndAsync(SimulatedHost host, Func<Task> end, TimeSpan down)
    {
        _up.Remove(host.Name);
        await end();
        NoteFinishedSteps(host);
        DateTimeOffset now = world.Clock.GetUtcNow();
        foreach (string standingBy in _startAt.Where(other => other.Value == DateTimeOffset.MaxValue).Select(other => other.Key).ToArray())
        {
            _startAt[standingBy] = now;
        }

        _startAt[host.Name] = now + down;
        await StartDueAsync();
    }

    private void NoteFinishedSteps(SimulatedHost host)
    {
        JournalReader journal = host.Journal;
        foreach (InstanceRow row in journal.ListUnfinished())
        {
            foreach (StepRow step in journal.ReadSteps(row.Id).Where(step => step is { Kind: StepKind.Activity, Outcome: not null }))
            {
                world.Chronicle.Finish($"{world.JournalNameOf(host.Name)}|{row.Id}|{step.Name}|{step.Input}");
            }
        }
    }
}
