using FineTune.Operations;
using FineTune.Ports;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Simulation.Tests;

/// <summary>People who choose what an alias means while other runs are under way.</summary>
internal sealed class AliasKeepers(SimulatedWorld world, HostGroup hosts)
{
    private readonly Queue<(DisturbanceKind Kind, int Which)> _wishes = new();
    private int _asked;

    /// <summary>To be done as soon as there is a model to choose.</summary>
    public void Wish(DisturbanceKind kind, int which) => _wishes.Enqueue((kind, which));

    public void Act()
    {
        ModelRow[] models = [.. world.Chronicle.Models.Values];
        if (_wishes.Count == 0 || models.Length == 0 || hosts.Up.FirstOrDefault() is not { } host)
        {
            return;
        }

        (DisturbanceKind kind, int which) = _wishes.Dequeue();
        ModelRow model = models[which % models.Length];
        string alias = model.Alias ?? "lamps";
        world.Chronicle.Count(kind is DisturbanceKind.Promote ? "promoted" : "rolled back");
        host.Ask($"alias {++_asked}", kind is DisturbanceKind.Promote
            ? (services, token) => services.GetRequiredService<PromoteModel>().RunAsync(alias, new Promotion(which % 3 == 0 ? null : model.ModelId, "ann"), token)
            : (services, token) => services.GetRequiredService<RollBackAlias>().RunAsync(alias, new RollBack("ann"), token));
    }
}
