using System.Diagnostics;

namespace FineTune.EndToEnd.Tests;

/// <summary>Waits for a condition of the outside world, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, string what)
        => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Deadline, $"Within {Deadline} it did not come true: {what}.");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
