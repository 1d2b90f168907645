using System.ClientModel.Primitives;
using System.Globalization;

namespace FineTune.Provider;

/// <summary>The <c>Retry-After</c> header, in seconds or as a date; null where it is missing, past or nonsense.</summary>
internal static class RetryAfter
{
    // One wait is never longer: whoever waits looks again, and the run's own deadline decides when to give up.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static TimeSpan? Of(PipelineResponse response)
        => response.Headers.TryGetValue("Retry-After", out string? text) && text is not null
            ? Parse(text, DateOf(response) ?? DateTimeOffset.MinValue) : null;

    public static TimeSpan? Parse(string text, DateTimeOffset now)
    {
        TimeSpan? wait = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && !double.IsNaN(seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, Longest.TotalSeconds))
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out DateTimeOffset at) && now > DateTimeOffset.MinValue
                ? at - now : null;
        return wait > TimeSpan.Zero ? (wait < Longest ? wait : Longest) : null;
    }

    /// <summary>The provider's own clock, so that a wrong one here does not matter.</summary>
    private static DateTimeOffset? DateOf(PipelineResponse response)
        => response.Headers.TryGetValue("Date", out string? text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out DateTimeOffset date) ? date : null;
}
