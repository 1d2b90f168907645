using System.Runtime.CompilerServices;
using System.Text.Json;
using FineTune.Ports;
using FineTune.Simulation.Tests.Machine;

namespace FineTune.Simulation.Tests.World;

/// <summary>The real ledger behind a host's gates; what is written to the runs is noted down.</summary>
internal sealed class GatedLedger(IRunLedger ledger, Gates gates, Chronicle chronicle, Sabotage sabotage) : IRunLedger
{
    public async Task<bool> TryAddRunAsync(RunRow row, CancellationToken cancellationToken)
    {
        await PassAsync($"add run {row.RunId}", cancellationToken);
        bool added = await ledger.TryAddRunAsync(row, cancellationToken);
        if (added)
        {
            chronicle.Add(row);
        }

        return added;
    }

    public async Task<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        await PassAsync($"find run {runId}", cancellationToken);
        return await ledger.FindRunAsync(runId, cancellationToken);
    }

    public IAsyncEnumerable<RunRow> ListRunsAsync(CancellationToken cancellationToken) => ledger.ListRunsAsync(cancellationToken);

    public async Task<RunRow> UpdateRunAsync(RunRow row, CancellationToken cancellationToken)
    {
        await PassAsync($"update run {row.RunId}", cancellationToken);
        RunRow written = await ledger.UpdateRunAsync(sabotage.Run(row), cancellationToken);
        chronicle.Add(written);
        return written;
    }

    public async Task<SpendingClaim?> TryAddClaimAsync(SpendingClaim claim, CancellationToken cancellationToken)
    {
        await PassAsync("add claim", cancellationToken);
        return await ledger.TryAddClaimAsync(claim, cancellationToken);
    }

    public async Task<SpendingClaim?> FindClaimAsync(string key, CancellationToken cancellationToken)
    {
        await PassAsync("find claim", cancellationToken);
        return await ledger.FindClaimAsync(key, cancellationToken);
    }

    public async Task<SpendingClaim> UpdateClaimAsync(SpendingClaim claim, CancellationToken cancellationToken)
    {
        await PassAsync("update claim", cancellationToken);
        return await ledger.UpdateClaimAsync(sabotage.Claim(claim), cancellationToken);
    }

    public async Task<SharedRow?> FindSharedAsync(string group, string name, CancellationToken cancellationToken)
    {
        await PassAsync($"find {group} {name}", cancellationToken);
        return await ledger.FindSharedAsync(group, name, cancellationToken);
    }

    public async IAsyncEnumerable<SharedRow> ListSharedAsync(
        string group, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await PassAsync($"list {group}", cancellationToken);
        foreach (SharedRow row in await ledger.ListSharedAsync(group, prefix, cancellationToken).ToListAsync(cancellationToken))
        {
            yield return row;
        }
    }

    public async Task WriteSharedAsync(IReadOnlyList<SharedRow> rows, CancellationToken cancellationToken)
    {
        await PassAsync($"write {rows[0].Group}", cancellationToken);
        await ledger.WriteSharedAsync([.. rows.Select(sabotage.Shared)], cancellationToken);
        foreach (SharedRow sum in rows.Where(row => row is { Name: "sum", Body: not null } && !IsHandedOver))
        {
            chronicle.Commit(sum.Group, JsonElement.Parse(sum.Body!).GetProperty("committed").GetDecimal());
        }
    }

    public async Task AddEventsAsync(string runId, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken)
    {
        await PassAsync("add events", cancellationToken);
        await ledger.AddEventsAsync(runId, sabotage.Events(events), cancellationToken);
    }

    public IAsyncEnumerable<RunEvent> ListEventsAsync(string runId, CancellationToken cancellationToken)
        => ledger.ListEventsAsync(runId, cancellationToken);

    public async Task PutModelAsync(ModelRow model, CancellationToken cancellationToken)
    {
        await PassAsync("put model", cancellationToken);
        await ledger.PutModelAsync(sabotage.Model(model), cancellationToken);
        chronicle.Add(model);
    }

    public IAsyncEnumerable<ModelRow> ListModelsAsync(CancellationToken cancellationToken) => ledger.ListModelsAsync(cancellationToken);

    public IAsyncEnumerable<AliasRow> ListAliasesAsync(CancellationToken cancellationToken) => ledger.ListAliasesAsync(cancellationToken);

    public async Task<AliasRow?> FindAliasAsync(string alias, CancellationToken cancellationToken)
    {
        await PassAsync($"find alias {alias}", cancellationToken);
        return await ledger.FindAliasAsync(alias, cancellationToken);
    }

    public async Task PutAliasAsync(AliasRow row, CancellationToken cancellationToken)
    {
        await PassAsync("put alias", cancellationToken);
        AliasRow? before = await ledger.FindAliasAsync(row.Alias, cancellationToken);
        await ledger.PutAliasAsync(row, cancellationToken);
        chronicle.Add(before, (await ledger.FindAliasAsync(row.Alias, cancellationToken))!);
    }

    public async Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        await PassAsync($"delete run {runId}", cancellationToken);
        await ledger.DeleteRunAsync(runId, cancellationToken);
        chronicle.Forget(runId);
    }

    /// <summary>When a sweep gives a job to another run, it counts twice for a moment, so that nobody else takes its share.</summary>
    private static bool IsHandedOver => Sweeps.IsCaller(Gates.Caller);

    private Task<Verdict> PassAsync(string what, CancellationToken cancellationToken) => gates.PassAsync(Place.Storage, what, cancellationToken);
}
