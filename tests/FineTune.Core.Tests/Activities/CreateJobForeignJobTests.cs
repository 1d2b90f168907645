using FineTune.Emulator.Faults;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>Other people's jobs in the same account, also where the provider's metadata filter does nothing.</summary>
public sealed class CreateJobForeignJobTests : CreateJobTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_AdoptsNoForeignJob_WhateverItIsCalled(bool filterIgnored)
    {
        await ReadyAsync(WithOpenIntent);
        string theirFile = await HaveFileAsync("theirs.jsonl");
        await HaveJobAsync(File, metadata: null, suffix: $"bot-{Key[..12]}");
        await HaveJobAsync(File, new { ft_key = "another-key" });
        await HaveJobAsync(theirFile, new { ft_key = Key });
        IgnoreFilter(filterIgnored);
        int before = Posts;

        JobCreation looked = await StepAsync();

        Assert.Equal((Settings.QuietPeriod, null), (looked.Wait, looked.JobId));
        Assert.Equal(before, Posts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_FindsOursAmongManyForeignJobs_PagesDown(bool filterIgnored)
    {
        await ReadyAsync(WithOpenIntent);
        string ours = await HaveJobAsync(File, new { ft_key = Key });
        string theirFile = await HaveFileAsync("theirs.jsonl");
        for (int i = 0; i < 120; i++)
        {
            await HaveJobAsync(theirFile);
        }

        IgnoreFilter(filterIgnored);

        JobCreation creation = await StepAsync();

        Assert.Equal(ours, creation.JobId);
        Assert.Equal(filterIgnored ? 2 : 1, Requests("GET /v1/fine_tuning/jobs"));
    }

    [Fact]
    public async Task RunAsync_AdoptsTheOldest_WhenThereAreTwoOfOurs()
    {
        await ReadyAsync(WithOpenIntent);
        string first = await HaveJobAsync(File, new { ft_key = Key });
        Clock.Advance(TimeSpan.FromSeconds(3));
        await HaveJobAsync(File, new { ft_key = Key });

        Assert.Equal(first, (await StepAsync()).JobId);
    }

    [Theory]
    [InlineData(47, true)]
    [InlineData(49, false)]
    public async Task RunAsync_AllowsForAClockThatIsTwoDaysBehind(int hours, bool adopted)
    {
        await AddRunAsync();
        await ReadyAsync();
        string job = await HaveJobAsync(File, new { ft_key = Key });
        Clock.Advance(TimeSpan.FromHours(hours));
        await Ledger.UpdateClaimAsync(WithOpenIntent(Claim), Token);

        Assert.Equal(adopted ? job : null, (await StepAsync()).JobId);
    }

    private void IgnoreFilter(bool ignored)
    {
        if (ignored)
        {
            Emulator.AddFault(new Fault { Kind = FaultKind.MetadataFilterIgnored });
        }
    }
}
