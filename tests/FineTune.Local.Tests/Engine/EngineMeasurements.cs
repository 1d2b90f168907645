using System.Diagnostics;
using FineTune.Ports;

namespace FineTune.Local.Tests.Engine;

/// <summary>Figures, not verdicts; run on demand: <c>FineTune.Local.Tests -explicit only -class "*EngineMeasurements" -showliveoutput</c>.</summary>
public sealed class EngineMeasurements(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public async Task TenActivities(int instances)
    {
        int commits = 0;
        await using var engine = new TestEngine().With("Main", async (context, input) =>
        {
            for (int i = 0; i < 10; i++)
            {
                input = await context.CallAsync(nameof(Fetch), new Word($"{context.InstanceId} {i}"));
            }

            return input;
        });
        engine.BeforeCommit = (_, _) =>
        {
            commits++;
            return Task.CompletedTask;
        };
        await engine.StartAsync();
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, instances).Select(n => engine.LaunchAsync(id: $"run-{n}")));
        await engine.Engine.WhenIdle.WaitAsync(TestContext.Current.CancellationToken);

        watch.Stop();
        Assert.All(engine.Journal.List(), row => Assert.Equal(WorkflowStatus.Completed, row.Status));
        output.WriteLine(
            $"{instances} instances of 10 activities: {watch.Elapsed.TotalSeconds:F2} s, {instances / watch.Elapsed.TotalSeconds:F0} instances/s, "
            + $"CPU {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F2} s, {commits} commits, "
            + $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }

    [Fact(Explicit = true)]
    public async Task TenThousandAsleep()
    {
        const int Instances = 10_000;
        await using var engine = await new TestEngine().With("Main", async (context, input) =>
        {
            var fetched = await context.CallAsync(nameof(Fetch), input);
            await context.CreateTimer(TimeSpan.FromHours(1));
            return fetched;
        }).StartAsync();
        long before = GC.GetTotalMemory(forceFullCollection: true);

        await Task.WhenAll(Enumerable.Range(0, Instances).Select(n => engine.LaunchAsync(id: $"run-{n}")));
        await engine.Engine.WhenIdle.WaitAsync(TestContext.Current.CancellationToken);
        long asleep = GC.GetTotalMemory(forceFullCollection: true) - before;

        var watch = Stopwatch.StartNew();
        await engine.RestartAsync();
        await engine.Engine.WhenIdle.WaitAsync(TestContext.Current.CancellationToken);
        var restart = watch.Elapsed;
        Assert.Equal(Instances, engine.Journal.ListUnfinished().Count);

        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.Engine.WhenIdle.WaitAsync(TestContext.Current.CancellationToken);
        long after = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine(
            $"{Instances} instances asleep: {asleep / Instances} bytes each; restart and replay of all {restart.TotalSeconds:F2} s; "
            + $"{after / Instances} bytes each when done");
    }
}
