namespace FineTune.Simulation.Tests.Machine;

/// <summary>
/// Time that stands still until it is moved, by leaps. A periodic timer rings at some leaps only, as on a machine that is mostly
/// asleep; whatever rings, rings in order on the thread that moves the clock.
/// </summary>
internal sealed class SimulatedClock : TimeProvider
{
    private const int LeapsPerPeriod = 100;

    private readonly Lock _gate = new();
    private readonly SortedSet<SimulatedTimer> _timers = new(Comparer<SimulatedTimer>.Create((a, b) => (a.Due, a.Order).CompareTo((b.Due, b.Order))));
    private DateTimeOffset _now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    private long _created;
    private long _leaps;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer rings that is not periodic; null when none waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.FirstOrDefault(timer => !timer.IsPeriodic)?.Due;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SimulatedTimer timer = new(this, Interlocked.Increment(ref _created), () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Leaps to a moment, which may be the present one, and rings all that is due by then.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        foreach (SimulatedTimer timer in TakeDue(moment))
        {
            timer.Ring();
        }
    }

    private List<SimulatedTimer> TakeDue(DateTimeOffset moment)
    {
        lock (_gate)
        {
            _now = moment > _now ? moment : _now;
            bool isPeriod = ++_leaps % LeapsPerPeriod == 0;
            List<SimulatedTimer> due = [.. _timers.TakeWhile(timer => timer.Due <= _now).Where(timer => isPeriod || !timer.IsPeriodic)];
            foreach (SimulatedTimer timer in due)
            {
                _timers.Remove(timer);
                Set(timer, timer.IsPeriodic ? timer.Period : Timeout.InfiniteTimeSpan);
            }

            return due;
        }
    }

    /// <summary>The lock is held, and the timer is not in the set.</summary>
    private void Set(SimulatedTimer timer, TimeSpan dueTime)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            timer.Due = _now + dueTime;
            _timers.Add(timer);
        }
    }

    private sealed class SimulatedTimer(SimulatedClock clock, long order, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public long Order => order;

        public TimeSpan Period { get; private set; } = Timeout.InfiniteTimeSpan;

        public bool IsPeriodic => Period > TimeSpan.Zero;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Period = period;
                clock.Set(this, dueTime);
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
