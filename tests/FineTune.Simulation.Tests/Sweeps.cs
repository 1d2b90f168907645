using FineTune.Simulation.Tests.World;
using FineTune.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Simulation.Tests;

/// <summary>Whoever wants a sweep, a person or a timer.</summary>
internal sealed class Sweeps(HostGroup hosts)
{
    private const string Caller = "sweep ";

    private int _asked;

    /// <summary>Somebody waits for one to come to its end.</summary>
    public bool AreDue { get; private set; }

    /// <summary>What the last sweep that came to its end has done.</summary>
    public SweepReport? Last { get; private set; }

    /// <summary>Who asks for something in a sweep's course.</summary>
    public static bool IsCaller(string? caller) => caller?.StartsWith(Caller, StringComparison.Ordinal) is true;

    /// <summary>One that comes to its end, however often it takes.</summary>
    public void Want() => AreDue = true;

    /// <summary>Begins one, unless there is none to be begun or one is under way.</summary>
    public void BeginIfDue()
    {
        if (AreDue && hosts.Up.FirstOrDefault() is { } host && !hosts.Held().Any(held => IsCaller(held.Call.Label)))
        {
            BeginOn(host);
        }
    }

    public void BeginOn(SimulatedHost host) => host.Ask($"{Caller}{++_asked}", async (services, token) =>
    {
        Last = await services.GetRequiredService<Sweep>().RunAsync(token);
        AreDue = false;
    });
}
