using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FineTune.Functions.Endpoints;

/// <summary>Whether the app can do its work: for a monitor, not for the public, so it wants a key like every other route.</summary>
public sealed class HealthFunctions(HealthCheckService health)
{
    [Function("Health")]
    public async Task<IResult> HealthAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
        => Answer.Health(await health.CheckHealthAsync(cancellationToken));
}
