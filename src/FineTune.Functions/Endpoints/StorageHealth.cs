using FineTune.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FineTune.Functions.Endpoints;

/// <summary>The two stores that a run cannot do without: one look at each, at names that are not there.</summary>
internal sealed class StorageHealth(IRunLedger ledger, IDatasetStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await ledger.FindRunAsync("health", cancellationToken);
        await store.FindAsync("health.jsonl", cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
