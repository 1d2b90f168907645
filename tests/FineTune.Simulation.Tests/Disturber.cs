using FineTune.Operations;
using FineTune.Simulation.Tests.Machine;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Simulation.Tests;

/// <summary>Does to the product what the plan says, each at its step.</summary>
internal sealed class Disturber(Plan plan, SimulatedWorld world, HostGroup hosts, People people, AliasKeepers aliases, Random random)
{
    private readonly WebhookSenders _webhooks = new(world);
    private readonly Queue<Disturbance> _left = new(plan.Disturbances);
    private readonly Queue<Verdict> _verdicts = new();

    public async Task DisturbAsync(int step)
    {
        while (_left.TryPeek(out Disturbance? next) && next.AtStep <= step)
        {
            _left.Dequeue();
            world.Chronicle.Note($"disturbance: {next.Kind}");
            world.Chronicle.Count(next.Kind.ToString());
            await DoAsync(next);
            await hosts.QuietAsync();
        }
    }

    /// <summary>Whatever is left of the plan is left undone.</summary>
    public void Rest()
    {
        _left.Clear();
        _verdicts.Clear();
    }

    /// <summary>What becomes of a call that is let go: the answer of the next fitting one may be lost.</summary>
    public Verdict Judge(HeldCall call)
    {
        bool fits = _verdicts.TryPeek(out Verdict verdict)
            && call.Place is Place.Request or Place.Answer && (verdict is Verdict.Lose || call.Place is Place.Request);
        return fits ? _verdicts.Dequeue() : Verdict.Go;
    }

    private Task DoAsync(Disturbance what) => what.Kind switch
    {
        DisturbanceKind.Kill => OnHostAsync(what, host => hosts.KillAsync(host, Down(what))),
        DisturbanceKind.Stop => OnHostAsync(what, host => hosts.StopAsync(host, Down(what))),
        DisturbanceKind.KillAtCommit => OnHostAsync(what, host => Do(() => host.CutAtCommit(1 + (what.Which % 3)))),
        DisturbanceKind.LoseAnswer => Do(() => _verdicts.Enqueue(Verdict.Lose)),
        DisturbanceKind.RefuseConnection => Do(() => _verdicts.Enqueue(Verdict.Refuse)),
        DisturbanceKind.DropAgain => Do(() => people.Drop(Name(what), "drop again")),
        DisturbanceKind.StartByPerson => OnHostAsync(what, host => Do(() => people.Start(host, Name(what)))),
        DisturbanceKind.Cancel => OnHostAsync(what, host => Do(() => Cancel(host))),
        DisturbanceKind.Pause => Do(() => people.Pause(random)),
        DisturbanceKind.Overwrite => Do(() => people.Overwrite(Name(what))),
        DisturbanceKind.Touch => Do(() => people.Touch(Name(what))),
        DisturbanceKind.Delete => Do(() => people.Delete(Name(what))),
        DisturbanceKind.Sweep => OnHostAsync(what, host => Do(() => people.Sweeps.BeginOn(host))),
        DisturbanceKind.LoseLedger => LoseAsync(world.LoseLedger),
        DisturbanceKind.LoseJournal => LoseAsync(world.LoseJournals),
        DisturbanceKind.LoseStorage => LoseAsync(world.LoseLedger, world.LoseJournals),
        DisturbanceKind.DropUnheard => Do(() => people.DropUnheard($"unheard-{what.Which}.jsonl")),
        DisturbanceKind.Webhook => OnHostAsync(what, host => Do(() => _webhooks.Send(host, what.Which))),
        DisturbanceKind.ForgeWebhook => OnHostAsync(what, host => Do(() => _webhooks.Forge(host, what.Which))),
        DisturbanceKind.Promote or DisturbanceKind.RollBack => Do(() => aliases.Wish(what.Kind, what.Which)),
        DisturbanceKind.SetClock => OnHostAsync(what, host => Do(() => SetClock(host, what))),
        _ => people.MeddleAsync(what.Kind, random),
    };

    /// <summary>Whoever starts on an empty disk sweeps, as the server does, and goes on doing so.</summary>
    private async Task LoseAsync(params Action[] losses)
    {
        await hosts.KillAllAsync(() => Array.ForEach(losses, lose => lose()));
        people.SweepFromNowOn();
    }

    private static Task Do(Action deed)
    {
        deed();
        return Task.CompletedTask;
    }

    private Task OnHostAsync(Disturbance what, Func<SimulatedHost, Task> deed)
        => hosts.Up.Count == 0 ? Task.CompletedTask : deed(hosts.Up.ElementAt(what.Which % hosts.Up.Count));

    private void Cancel(SimulatedHost host)
    {
        string[] runs = [.. world.Chronicle.Runs.Keys];
        if (runs.Length > 0)
        {
            string run = runs[random.Next(runs.Length)];
            host.Ask("cancel", (services, token) => services.GetRequiredService<CancelRun>().RunAsync(run, "ann", token));
        }
    }

    private void SetClock(SimulatedHost host, Disturbance what)
        => world.ClockOf(host.Name).Wrong += TimeSpan.FromMinutes((what.Which % 5) switch { 0 => 60, 1 => -60, 2 => 5, 3 => -5, _ => 0.5 });

    /// <summary>Mostly it starts again at once.</summary>
    private static TimeSpan Down(Disturbance what) => (what.Which % 4) switch
    {
        0 => TimeSpan.FromSeconds(30),
        1 => TimeSpan.FromHours(2),
        _ => TimeSpan.Zero,
    };

    private string Name(Disturbance what) => plan.Datasets[what.Which % plan.Datasets.Count].Name;
}
