
namespace FineTune.Emulator.Tests;

public sealed class ManualClockTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Delay_EndsOnlyWhenItsTimeIsReached()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(10), _clock, TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await delay;
        Assert.Equal(0, _clock.WaitingTimers);
    }

    [Fact]
    public void Timers_FireInOrderAtTheirOwnMoments()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<double>();
        void Note(object? _) => fired.Add((_clock.GetUtcNow() - start).TotalSeconds);
        using var late = _clock.CreateTimer(Note, null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var early = _clock.CreateTimer(Note, null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using var often = _clock.CreateTimer(Note, null, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3));

        _clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal([2, 3, 5, 6], fired);
        Assert.Equal(7, (_clock.GetUtcNow() - start).TotalSeconds);
    }

    [Fact]
    public void Elapsed_IsWhatWasAdvanced()
    {
        long began = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Equal(1.5, _clock.GetElapsedTime(began).TotalSeconds);
    }

    [Fact]
    public void Timer_FiresAtOnce_WhenItIsDueAtOnce()
    {
        int fired = 0;

        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        Assert.Equal(1, fired);
    }

    [Fact]
    public void Timer_StaysSilent_WhenItIsDisposed()
    {
        int fired = 0;
        var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, fired);
    }
}
