using System.Text.Json;

namespace FineTune.Emulator.Tests;

public sealed class EventTests : EmulatorTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Events_ArriveOnceAndInOrder_WhateverThePageSize(int pageSize)
    {
        string job = await SucceedAsync();

        var events = await Client.EventsAsync(job, pageSize);

        Assert.Equal(events.Count, events.Select(Id).Distinct().Count());
        Assert.Equal(events.Select(At).Order(), events.Select(At));
        Assert.StartsWith("Simulated training:", Message(events[0]));
        Assert.StartsWith("Created fine-tuning job:", Message(events[1]));
        Assert.StartsWith("Validating training file:", Message(events[2]));
        Assert.Equal("The job has successfully completed", Message(events[^1]));
    }

    [Fact]
    public async Task Events_OnlyEverGrowAtTheNewEnd_WhileAJobIsPausedResumedAndCancelled()
    {
        string job = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));
        var before = new List<string>();
        for (int step = 0; step < 12; step++)
        {
            Clock.Advance(TimeSpan.FromSeconds(6));
            string? action = step switch { 6 => "pause", 8 => "resume", 10 => "cancel", _ => null };
            if (action is not null)
            {
                await Client.PostAsync($"fine_tuning/jobs/{job}/{action}");
            }

            var now = (await Client.EventsAsync(job, 100)).Select(Id).ToList();
            Assert.Equal(before, now.Take(before.Count));
            before = now;
        }

        Assert.Equal("Fine-tuning job cancelled", Message((await Client.EventsAsync(job))[^1]));
    }

    [Fact]
    public async Task Metrics_FallAndAreBounded_WhenTheJobHasManySteps()
    {
        string file = await Client.UploadIdAsync(Dataset.Chat(examples: 400));
        string job = await Client.CreateIdAsync(file, new { hyperparameters = new { n_epochs = 10, batch_size = 1 } });
        PassAnHour();

        var metrics = (await Client.EventsAsync(job, 100)).Where(e => e.GetProperty("type").GetString() == "metrics").ToList();

        Assert.Equal(100, metrics.Count);
        Assert.Equal(1, Data(metrics[0]).GetProperty("step").GetInt32());
        Assert.Equal(4000, Data(metrics[^1]).GetProperty("step").GetInt32());
        Assert.Equal(4000, Data(metrics[^1]).GetProperty("total_steps").GetInt32());
        Assert.True(metrics.Take(10).Average(Loss) > metrics.TakeLast(10).Average(Loss));
        Assert.False(Data(metrics[0]).TryGetProperty("valid_loss", out _));
    }

    [Fact]
    public async Task Metrics_AreTheSame_WhenTheDatasetAndSeedAre()
    {
        string first = await SucceedAsync(new { seed = 3 });
        string second = await SucceedAsync(new { seed = 3 });
        string other = await SucceedAsync(new { seed = 4 });

        Assert.Equal(await LossesAsync(first), await LossesAsync(second));
        Assert.NotEqual(await LossesAsync(first), await LossesAsync(other));
    }

    [Fact]
    public async Task Metrics_HaveValidationLoss_WhenThereIsAValidationFile()
    {
        string training = await Client.UploadIdAsync(Dataset.Chat());
        string validation = await Client.UploadIdAsync(Dataset.Chat(examples: 3, topic: "pears"));
        string job = await Client.CreateIdAsync(training, new { validation_file = validation });
        PassAnHour();

        var events = await Client.EventsAsync(job, 100);
        var checkpoint = (await Client.GetAsync($"fine_tuning/jobs/{job}/checkpoints")).GetProperty("data")[0].GetProperty("metrics");

        Assert.True(Data(events.First(e => e.GetProperty("type").GetString() == "metrics")).GetProperty("valid_loss").GetDouble() > 0);
        Assert.True(checkpoint.GetProperty("full_valid_loss").GetDouble() > 0);
    }

    [Fact]
    public async Task Metrics_AreRewards_WhenTheMethodIsReinforcement()
    {
        string file = await Client.UploadIdAsync(Dataset.Prompts());
        string job = await Client.CreateIdAsync(file, new
        {
            model = "o4-mini",
            validation_file = file,
            method = new { type = "reinforcement", reinforcement = new { grader = Dataset.Grader } },
        });
        PassAnHour();

        Assert.Equal("succeeded", await Client.StatusAsync(job));
        var metrics = (await Client.EventsAsync(job, 100)).Where(e => e.GetProperty("type").GetString() == "metrics").ToList();
        Assert.True(Reward(metrics[^1]) > Reward(metrics[0]));
    }

    [Fact]
    public async Task Checkpoints_AreTheLastThreeEpochs_WithTheLastBeingTheModel()
    {
        string job = await SucceedAsync(new { hyperparameters = new { n_epochs = 5, batch_size = 1 } });

        var page = await Client.GetAsync($"fine_tuning/jobs/{job}/checkpoints");
        var rest = await Client.GetAsync($"fine_tuning/jobs/{job}/checkpoints?limit=2&after={page.GetProperty("first_id").GetString()}");

        var steps = page.GetProperty("data").EnumerateArray().Select(c => c.GetProperty("step_number").GetInt32());
        Assert.Equal([60, 48, 36], steps);
        Assert.Equal(
            (await Client.JobAsync(job)).GetProperty("fine_tuned_model").GetString(),
            page.GetProperty("data")[0].GetProperty("fine_tuned_model_checkpoint").GetString());
        Assert.EndsWith(":ckpt-step-48", page.GetProperty("data")[1].GetProperty("fine_tuned_model_checkpoint").GetString());
        Assert.Equal(2, rest.GetProperty("data").GetArrayLength());
        Assert.False(rest.GetProperty("has_more").GetBoolean());
    }

    private static string Id(JsonElement e) => e.GetProperty("id").GetString()!;

    private static long At(JsonElement e) => e.GetProperty("created_at").GetInt64();

    private static string? Message(JsonElement e) => e.GetProperty("message").GetString();

    private static JsonElement Data(JsonElement e) => e.GetProperty("data");

    private static double Reward(JsonElement e) => Data(e).GetProperty("train_mean_reward").GetDouble();

    private static double Loss(JsonElement e) => Data(e).GetProperty("train_loss").GetDouble();

    private async Task<List<double>> LossesAsync(string job)
        => [.. (await Client.EventsAsync(job, 100)).Where(e => e.GetProperty("type").GetString() == "metrics").Select(Loss)];
}
