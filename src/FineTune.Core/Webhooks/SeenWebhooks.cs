using System.Collections.Concurrent;

namespace FineTune.Webhooks;

/// <summary>Ids of messages taken lately. A repetition wakes nobody: it could do no harm, but somebody might send thousands of them.</summary>
public sealed class SeenWebhooks(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new();

    /// <summary>False when it was taken before. Older ones are forgotten: their time is out of tolerance by then.</summary>
    public bool TryAdd(string id)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach ((string old, DateTimeOffset at) in _seen)
        {
            if (now - at > WebhookSignature.Tolerance * 2)
            {
                _seen.TryRemove(old, out _);
            }
        }

        return _seen.TryAdd(id, now);
    }

    /// <summary>What came of it was nothing: it may come again.</summary>
    public void Remove(string id) => _seen.TryRemove(id, out _);
}
