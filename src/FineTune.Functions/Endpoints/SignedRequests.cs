using FineTune.Hosting;
using FineTune.Operations;
using Microsoft.AspNetCore.Http;

namespace FineTune.Functions.Endpoints;

/// <summary>Bodies that say who speaks. Where built-in authentication knows better, its word counts.</summary>
internal static class SignedRequests
{
    public static async Task<Decision> ReadDecisionAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        Decision said = await request.ReadAsync(FineTuneJson.Default.Decision, cancellationToken);
        return said with { By = request.Caller(orElse: said.By) };
    }

    public static async Task<Promotion> ReadPromotionAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        Promotion said = await request.ReadAsync(FineTuneJson.Default.Promotion, cancellationToken);
        return said with { By = request.Caller(orElse: said.By) };
    }

    public static async Task<RollBack> ReadRollBackAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        RollBack said = await request.ReadAsync(FineTuneJson.Default.RollBack, cancellationToken);
        return said with { By = request.Caller(orElse: said.By) };
    }
}
