namespace FineTune.Emulator.Jobs;

/// <summary>Maps emulated time to the time a job was not paused, and back.</summary>
internal sealed class ActiveTime(FineTuningJob job)
{
    /// <summary>Pause and resume in turn, as recorded; an odd last one is a pause that still holds.</summary>
    private readonly List<DateTimeOffset> _turns =
        [.. job.Interventions.Where(i => i.Kind is not InterventionKind.Cancel).Select(i => i.At)];

    public bool IsPaused => _turns.Count % 2 == 1;

    public TimeSpan At(DateTimeOffset now)
    {
        var paused = TimeSpan.Zero;
        for (int i = 0; i < _turns.Count; i += 2)
        {
            paused += Until(i, now) - _turns[i];
        }

        return now - job.CreatedAt - paused;
    }

    /// <returns>When that much active time is up, or <see cref="DateTimeOffset.MaxValue"/> while a pause holds it off.</returns>
    public DateTimeOffset When(TimeSpan active)
    {
        var when = job.CreatedAt + active;
        for (int i = 0; i < _turns.Count && _turns[i] < when; i += 2)
        {
            if (i + 1 == _turns.Count)
            {
                return DateTimeOffset.MaxValue;
            }

            when += _turns[i + 1] - _turns[i];
        }

        return when;
    }

    private DateTimeOffset Until(int pause, DateTimeOffset now) => pause + 1 < _turns.Count ? _turns[pause + 1] : now;
}
