namespace FineTune.Ports;

/// <summary>Who holds a run, and since when.</summary>
public sealed record Pause(string By, DateTimeOffset At);
