using System.Globalization;
using System.Runtime.CompilerServices;
using FineTune.Ports;

namespace FineTune.Core.Tests.Fakes;

/// <summary>The ledger's contract in memory: insert-if-absent, writes only over the version that was read, events once each.</summary>
internal sealed class InMemoryLedger : IRunLedger
{
    private readonly Lock _gate = new();
    private readonly List<RunRow> _runs = [];
    private readonly Dictionary<string, SpendingClaim> _claims = [];
    private readonly SortedDictionary<string, SharedRow> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RunEvent>> _events = [];
    private readonly List<ModelRow> _models = [];
    private readonly Dictionary<string, AliasRow> _aliases = [];
    private int _version;

    /// <summary>Called before each write of a claim; what it throws is what the storage throws.</summary>
    public Action<SpendingClaim>? BeforeClaimWrite { get; set; }

    /// <summary>Called before each write of a run's row.</summary>
    public Action<RunRow>? BeforeRunWrite { get; set; }

    /// <summary>Called before each write of an alias.</summary>
    public Action<AliasRow>? BeforeAliasWrite { get; set; }

    /// <summary>May throw, as a ledger does that cannot be reached.</summary>
    public Action<ModelRow>? BeforeModelWrite { get; set; }

    public Task<bool> TryAddRunAsync(RunRow row, CancellationToken cancellationToken) => Locked(() =>
    {
        bool isNew = _runs.TrueForAll(run => run.RunId != row.RunId);
        if (isNew)
        {
            _runs.Add(row with { ETag = NextETag() });
        }

        return isNew;
    });

    public Task<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken)
        => Locked(() => _runs.Find(run => run.RunId == runId));

    public IAsyncEnumerable<RunRow> ListRunsAsync(CancellationToken cancellationToken)
        => ListAsync(() => _runs.AsEnumerable().Reverse().OrderByDescending(run => run.CreatedAt), cancellationToken);

    public Task<RunRow> UpdateRunAsync(RunRow row, CancellationToken cancellationToken)
    {
        BeforeRunWrite?.Invoke(row);
        return Locked(() =>
        {
            int place = _runs.FindIndex(run => run.RunId == row.RunId && run.ETag == row.ETag);
            return place < 0 ? throw new LedgerConflictException($"Run '{row.RunId}'") : _runs[place] = row with { ETag = NextETag() };
        });
    }

    public Task<SpendingClaim?> TryAddClaimAsync(SpendingClaim claim, CancellationToken cancellationToken)
    {
        BeforeClaimWrite?.Invoke(claim);
        return Locked(() => _claims.TryAdd(claim.Key, claim with { ETag = NextETag() }) ? _claims[claim.Key] : null);
    }

    public Task<SpendingClaim?> FindClaimAsync(string key, CancellationToken cancellationToken)
        => Locked(() => _claims.GetValueOrDefault(key));

    public Task<SpendingClaim> UpdateClaimAsync(SpendingClaim claim, CancellationToken cancellationToken)
    {
        BeforeClaimWrite?.Invoke(claim);
        return Locked(() =>
        {
            RequireCurrent(claim);
            return _claims[claim.Key] = claim with { ETag = NextETag() };
        });
    }

    public Task<SharedRow?> FindSharedAsync(string group, string name, CancellationToken cancellationToken)
        => Locked(() => _shared.GetValueOrDefault($"{group}/{name}"));

    public IAsyncEnumerable<SharedRow> ListSharedAsync(string group, string prefix, CancellationToken cancellationToken)
        => ListAsync(() => _shared.Values.Where(row => row.Group == group && row.Name.StartsWith(prefix, StringComparison.Ordinal)), cancellationToken);

    public Task WriteSharedAsync(IReadOnlyList<SharedRow> rows, CancellationToken cancellationToken) => Locked(() =>
    {
        if (rows.FirstOrDefault(row => _shared.GetValueOrDefault($"{row.Group}/{row.Name}")?.ETag != row.ETag) is { } late)
        {
            throw new LedgerConflictException($"The shared row {late.Group}/{late.Name}");
        }

        foreach (SharedRow row in rows)
        {
            _shared.Remove($"{row.Group}/{row.Name}");
            if (row.Body is not null)
            {
                _shared.Add($"{row.Group}/{row.Name}", row with { ETag = NextETag() });
            }
        }

        return rows.Count;
    });

    public Task AddEventsAsync(string runId, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken) => Locked(() =>
    {
        foreach (RunEvent added in events)
        {
            ArgumentNullException.ThrowIfNull(added.Id);
        }

        List<RunEvent> stored = _events.TryGetValue(runId, out List<RunEvent>? known) ? known : _events[runId] = [];
        foreach (RunEvent added in events)
        {
            if (stored.TrueForAll(one => one.Id != added.Id))
            {
                stored.Add(added);
            }
        }

        return stored.Count;
    });

    public IAsyncEnumerable<RunEvent> ListEventsAsync(string runId, CancellationToken cancellationToken)
        => ListAsync(() => _events.GetValueOrDefault(runId, []).OrderBy(one => one.CreatedAt), cancellationToken);

    public Task PutModelAsync(ModelRow model, CancellationToken cancellationToken)
    {
        BeforeModelWrite?.Invoke(model);
        return Locked(() =>
        {
            _models.RemoveAll(one => one.ModelId == model.ModelId);
            _models.Add(model);
            return true;
        });
    }

    public IAsyncEnumerable<ModelRow> ListModelsAsync(CancellationToken cancellationToken)
        => ListAsync(() => _models.AsEnumerable().Reverse().OrderByDescending(model => model.CreatedAt), cancellationToken);

    public IAsyncEnumerable<AliasRow> ListAliasesAsync(CancellationToken cancellationToken)
        => ListAsync(() => _aliases.Values.OrderBy(row => row.Alias, StringComparer.Ordinal), cancellationToken);

    public Task<AliasRow?> FindAliasAsync(string alias, CancellationToken cancellationToken) => Locked(() => _aliases.GetValueOrDefault(alias));

    public Task PutAliasAsync(AliasRow row, CancellationToken cancellationToken)
    {
        BeforeAliasWrite?.Invoke(row);
        return Locked(() => _aliases.GetValueOrDefault(row.Alias)?.ETag == row.ETag
            ? _aliases[row.Alias] = row with { ETag = NextETag() }
            : throw new LedgerConflictException($"The alias '{row.Alias}'"));
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken) => Locked(() =>
    {
        _events.Remove(runId);
        return _runs.RemoveAll(run => run.RunId == runId);
    });

    private void RequireCurrent(SpendingClaim claim)
    {
        if (!_claims.TryGetValue(claim.Key, out SpendingClaim? current) || current.ETag != claim.ETag)
        {
            throw new LedgerConflictException($"The claim {claim.Key}");
        }
    }

    private string NextETag() => (++_version).ToString(CultureInfo.InvariantCulture);

    private Task<T> Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            return Task.FromResult(work());
        }
    }

    private async IAsyncEnumerable<T> ListAsync<T>(
        Func<IEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (T item in await Locked(() => read().ToArray()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
