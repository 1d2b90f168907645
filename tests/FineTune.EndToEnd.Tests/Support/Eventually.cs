using System.Diagnostics;

namespace FineTune.EndToEnd.Tests;

/// <summary>Waits for a condition of the outside world, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, string what)
        => TrueAsync(() => Task.FromResult(condition()), what);

    /// <param name="every">Between two looks; short unless a look costs much.</param>
    /// <param name="within">Three minutes unless it is much that has to come true.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? every = null, TimeSpan? within = null)
    {
        TimeSpan deadline = within ?? Deadline;
        long started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < deadline, $"Within {deadline} it did not come true: {what}.");
            await Task.Delay(every ?? Pause, TestContext.Current.CancellationToken);
        }
    }
}
