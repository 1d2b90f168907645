using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Faults;

/// <summary>The fault script over HTTP.</summary>
internal static class FaultEndpoints
{
    public static void MapFaults(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/emulator/faults", Add);
        routes.MapGet("/emulator/faults", (FaultScript script) => new WirePage<Fault>(script.All(), HasMore: false));
        routes.MapDelete("/emulator/faults", (FaultScript script) => new FaultsRemoved(script.Remove(id: null)));
        routes.MapDelete("/emulator/faults/{id}", (string id, FaultScript script) => new FaultsRemoved(script.Remove(id)));
    }

    private static Fault Add(Fault fault, FaultScript script)
    {
        try
        {
            return script.Add(fault);
        }
        catch (ArgumentException e)
        {
            throw ApiException.BadRequest(e.Message);
        }
    }
}

/// <summary>How many faults a deletion took out of force.</summary>
internal sealed record FaultsRemoved(int Removed);
