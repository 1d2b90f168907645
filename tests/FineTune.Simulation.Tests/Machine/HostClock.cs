namespace FineTune.Simulation.Tests.Machine;

/// <summary>One host's idea of the time: its wall clock may be wrong and may be set; how long something takes is the same for all.</summary>
internal sealed class HostClock(SimulatedClock truth) : TimeProvider
{
    public TimeSpan Wrong { get; set; }

    public override long TimestampFrequency => truth.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + Wrong;

    public override long GetTimestamp() => truth.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => truth.CreateTimer(callback, state, dueTime, period);
}
