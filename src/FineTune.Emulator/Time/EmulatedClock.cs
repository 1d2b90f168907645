namespace FineTune.Emulator.Time;

/// <summary>Emulated time: an anchor plus the real time since, multiplied. It only moves forward.</summary>
internal sealed class EmulatedClock(TimeProvider time, double speed)
{
    private volatile Anchor _anchor = new(time.GetUtcNow(), time.GetTimestamp());

    public DateTimeOffset Now => _anchor.After(time, speed);

    public void Set(DateTimeOffset now) => _anchor = new Anchor(now, time.GetTimestamp());

    private sealed record Anchor(DateTimeOffset Emulated, long Timestamp)
    {
        public DateTimeOffset After(TimeProvider time, double speed) => Emulated + (time.GetElapsedTime(Timestamp) * speed);
    }
}
