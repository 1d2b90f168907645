using System.Text.Json;
using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Core.Tests.Activities;

/// <summary>A job in the emulator that is looked at, and what it has to tell.</summary>
public abstract class FollowedJobTest : ActivityTest
{
    protected static readonly TimeSpan FarEnough = TimeSpan.FromHours(1);

    protected Task<RunRow> ChangeAsync(Func<RunRow, RunRow> change) => Ledger.ChangeRunAsync(RunId, change, Token);

    protected async Task<string> StartAsync()
    {
        await AddRunAsync();
        return await HaveJobAsync(await HaveFileAsync(examples: 50));
    }

    protected Task<JobLook> LookAsync(string job, string? after = null, TimeSpan? silence = null)
        => new ReadJob(Api, Ledger, new JobAlarms(Ledger, Clock, NullLogger<JobAlarms>.Instance), NullLogger<ReadJob>.Instance)
            .RunAsync(new ReadJobInput(RunId, job, after, silence), Token);

    protected async Task<List<string>> StoredAsync()
        => [.. (await Ledger.ListEventsAsync(RunId, Token).ToListAsync(Token)).Select(one => one.Id)];

    /// <summary>What the emulator has to tell, oldest first, read without our client.</summary>
    protected async Task<List<string>> ToldAsync(string job)
    {
        List<string> newestFirst = [];
        for (bool more = true; more;)
        {
            string after = newestFirst.Count == 0 ? "" : $"&after={newestFirst[^1]}";
            JsonElement page = await GetAsync($"fine_tuning/jobs/{job}/events?limit=100{after}");
            newestFirst.AddRange(page.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
            more = page.GetProperty("has_more").GetBoolean();
        }

        newestFirst.Reverse();
        return newestFirst;
    }
}
