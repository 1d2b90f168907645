using FineTune.Emulator.Storage;
using FineTune.Emulator.Time;

namespace FineTune.Emulator.Chat;

/// <summary>The id and creation time of a completion.</summary>
internal sealed class CompletionIds(IdSource ids, EmulatedClock clock)
{
    public (string Id, long Created) Next(string prefix) => (ids.Next(prefix, 29), clock.Now.ToUnixTimeSeconds());
}
