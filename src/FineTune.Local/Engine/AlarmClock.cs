namespace FineTune.Local.Engine;

/// <summary>Rings at wall-clock times, any number of them over one timer. An alarm that is overdue when set rings at once.</summary>
internal sealed class AlarmClock : IDisposable
{
    // A timer counts running time; the machine may sleep and its clock may be set, so look at the wall clock now and then.
    private static readonly TimeSpan LongestNap = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly SortedSet<Alarm> _alarms = new(Comparer<Alarm>.Create(Compare));
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _count;

    public AlarmClock(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => RingDue(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <param name="due">In UTC.</param>
    public Alarm Set(DateTime due, Action ring)
    {
        Alarm alarm;
        bool isNext;
        lock (_lock)
        {
            alarm = new Alarm(due, _count++, ring);
            _alarms.Add(alarm);
            isNext = _alarms.Min == alarm;
        }

        if (isNext)
        {
            RingDue();
        }

        return alarm;
    }

    public void Cancel(Alarm alarm)
    {
        lock (_lock)
        {
            _alarms.Remove(alarm);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void RingDue()
    {
        foreach (var alarm in TakeDue())
        {
            alarm.Ring();
        }
    }

    private List<Alarm> TakeDue()
    {
        var due = new List<Alarm>();
        lock (_lock)
        {
            var now = _clock.GetUtcNow().UtcDateTime;
            while (_alarms.Min is { } next && next.Due <= now)
            {
                _alarms.Remove(next);
                due.Add(next);
            }

            if (_alarms.Min is { } later)
            {
                var wait = later.Due - now;
                _timer.Change(wait < LongestNap ? wait : LongestNap, Timeout.InfiniteTimeSpan);
            }
        }

        return due;
    }

    private static int Compare(Alarm a, Alarm b) => (a.Due, a.Order).CompareTo((b.Due, b.Order));
}

/// <summary>One time at which an <see cref="AlarmClock"/> rings.</summary>
internal sealed class Alarm(DateTime due, long order, Action ring)
{
    public DateTime Due { get; } = due;

    /// <summary>Tells alarms of the same time apart.</summary>
    public long Order { get; } = order;

    public Action Ring { get; } = ring;
}
