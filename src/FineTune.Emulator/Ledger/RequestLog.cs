using System.Collections.Concurrent;

namespace FineTune.Emulator.Ledger;

/// <summary>Counts of all requests, and the newest ones by name.</summary>
internal sealed class RequestLog
{
    private const int MostEntries = 10_000;
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly Queue<LedgerRequest> _newest = new();
    private long _total;

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public void Arrived(string method, string route) => _counts.AddOrUpdate($"{method} {route}", 1, (_, count) => count + 1);

    public void Finished(LedgerRequest request)
    {
        lock (_newest)
        {
            _total++;
            _newest.Enqueue(request);
            if (_newest.Count > MostEntries)
            {
                _newest.Dequeue();
            }
        }
    }

    public (IReadOnlyList<LedgerRequest> Newest, long Dropped) Read()
    {
        lock (_newest)
        {
            return ([.. _newest], _total - _newest.Count);
        }
    }
}
