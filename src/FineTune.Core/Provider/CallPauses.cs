using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using FineTune.Ports;

namespace FineTune.Provider;

/// <summary>Who was told <c>Retry-After</c> makes no call of that kind before, about whichever job or file it may be.</summary>
/// <remarks>
/// Kept in this process. The call that creates a job has a memory of its own, in the ledger: there the pause is the run's, or the line's.
/// </remarks>
internal sealed class CallPauses(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (long From, TimeSpan Pause)> _told = new();

    /// <summary><c>GET files/*</c>: the call without the id of what it is about.</summary>
    public static string KindOf(string method, string path)
    {
        string[] parts = path.Split('?')[0].Split('/');
        for (int i = 1; i < parts.Length; i++)
        {
            parts[i] = parts[i - 1] is "files" or "jobs" or "models" ? "*" : parts[i];
        }

        return $"{method} {string.Join('/', parts)}";
    }

    /// <exception cref="ProviderUnavailableException">The pause is not over. Nothing was sent.</exception>
    public void Keep(string kind)
    {
        if (_told.TryGetValue(kind, out var told) && told.Pause - time.GetElapsedTime(told.From) is var rest && rest > TimeSpan.Zero)
        {
            throw new ProviderUnavailableException($"The provider asked for a pause ({kind}), of which {rest:hh\\:mm\\:ss} are left. Waiting.");
        }
    }

    public void Hear(string kind, PipelineResponse response)
    {
        if (response.Status is 429 or 503 && RetryAfter.Of(response) is { } pause)
        {
            _told[kind] = (time.GetTimestamp(), pause);
        }
    }
}
