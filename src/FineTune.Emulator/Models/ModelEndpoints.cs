using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Models;

/// <summary>The model routes.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/models", (ModelCatalogue models) => new WirePage<WireModel>([.. models.All()], HasMore: false));
        v1.MapGet("/models/{id}", (string id, ModelCatalogue models) => models.Find(id));
        v1.MapDelete("/models/{id}", (string id, ModelCatalogue models) => models.Delete(id));
    }
}

/// <summary>A model on the wire.</summary>
/// <param name="ShutdownDate">The announced last day, or null.</param>
internal sealed record WireModel(string Id, long Created, string OwnedBy, string? ShutdownDate)
{
    public string Object { get; } = "model";
}
