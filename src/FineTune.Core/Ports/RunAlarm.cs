namespace FineTune.Ports;

/// <summary>Tells people that a run needs a look; it goes on all the same.</summary>
/// <param name="Code"><see cref="Stalled"/> or <see cref="Unreachable"/>.</param>
public sealed record RunAlarm(string Code, DateTimeOffset Since, string Detail)
{
    /// <summary>The provider answers, but has told nothing new for too long.</summary>
    public const string Stalled = "stalled";

    /// <summary>The provider has not told about the job for too long: an outage, or a key that it no longer takes.</summary>
    public const string Unreachable = "unreachable";
}
