using FineTune.Local.Engine.Journaling;

namespace FineTune.Local.Engine;

/// <summary>What every instance works with while the engine runs.</summary>
internal sealed record EngineParts
{
    public required WorkflowRegistry Registry { get; init; }

    public required Messages Messages { get; init; }

    public required JournalWriter Writer { get; init; }

    public required JournalReader Reader { get; init; }

    public required ActivityPool Activities { get; init; }

    public required AlarmClock Alarms { get; init; }

    public required IdleCount Idle { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILoggerFactory Loggers { get; init; }
}
