using System.Globalization;
using FineTune.Emulator.Time;

namespace FineTune.Emulator.Faults;

/// <summary>The faults now in force and how often each was met. They live in memory: a restarted emulator is healthy.</summary>
internal sealed class FaultScript(EmulatedClock clock)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int _added;

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public Fault Add(Fault fault)
    {
        fault.Validate();
        lock (_gate)
        {
            fault = fault with { Id = string.Create(CultureInfo.InvariantCulture, $"fault-{++_added}"), Fired = 0 };
            _entries.Add(new Entry(fault, clock.Now));
            return fault;
        }
    }

    public IReadOnlyList<Fault> All()
    {
        lock (_gate)
        {
            return [.. _entries.Select(e => e.Fault with { Fired = e.Fired })];
        }
    }

    /// <param name="id">Null removes every fault.</param>
    public int Remove(string? id)
    {
        lock (_gate)
        {
            return _entries.RemoveAll(e => id is null || e.Fault.Id == id);
        }
    }

    /// <summary>The faults this request meets: at most one that happens to it, and every one that changes what it reads.</summary>
    public ActiveFaults Claim(string method, string path)
    {
        lock (_gate)
        {
            if (_entries.Count == 0)
            {
                return ActiveFaults.None;
            }

            List<SetFault> met = [];
            foreach (var entry in _entries.Where(e => e.Match.Covers(method, path)))
            {
                if ((!entry.Fault.HappensToRequest || !met.Any(f => f.Fault.HappensToRequest)) && entry.Meets())
                {
                    met.Add(new SetFault(entry.Fault, entry.SetAt));
                }
            }

            return new ActiveFaults(met);
        }
    }

    private sealed class Entry(Fault fault, DateTimeOffset setAt)
    {
        private int _seen;

        public Fault Fault { get; } = fault;

        public FaultMatch Match { get; } = fault.Match ?? FaultMatch.Any;

        public DateTimeOffset SetAt { get; } = setAt;

        public int Fired { get; private set; }

        public bool Meets()
        {
            int times = Match.Times ?? (Fault.HappensToRequest ? 1 : 0);
            bool meets = ++_seen >= (Match.Nth ?? 1) && (times == 0 || Fired < times);
            Fired += meets ? 1 : 0;
            return meets;
        }
    }
}
