using System.Collections.Concurrent;
using System.Diagnostics;
using FineTune.Simulation.Tests.Oracle;

namespace FineTune.Simulation.Tests;

/// <summary>Plays many seeds, as many at once as there are processors.</summary>
internal static class Campaign
{
    public static async Task<Summary> RunAsync(int first, int count, CancellationToken cancellationToken)
    {
        ConcurrentBag<Judgement> judgements = [];
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (seed, _) => judgements.Add(await Simulation.PlayAsync(seed)));
        return new Summary(first, [.. judgements.OrderBy(judgement => judgement.Plan.Seed)], Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpu);
    }
}
