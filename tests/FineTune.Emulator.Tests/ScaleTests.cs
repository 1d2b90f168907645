using System.Text.Json;

namespace FineTune.Emulator.Tests;

public sealed class ScaleTests : EmulatorTest
{
    private const int Jobs = 1_000;

    [Fact]
    public async Task Jobs_AllSucceedOnceEach_WhenAThousandAreCreatedAtOnce()
    {
        string file = await Client.UploadIdAsync(Dataset.Chat());
        var ids = new string[Jobs];
        await Parallel.ForAsync(0, Jobs, Token, async (i, _)
            => ids[i] = await Client.CreateIdAsync(file, new { metadata = new { ft_key = $"{i}" } }));
        PassAnHour();

        var statuses = new string[Jobs];
        await Parallel.ForAsync(0, Jobs, Token, async (i, _) => statuses[i] = await Client.StatusAsync(ids[i]));

        Assert.Equal(Jobs, ids.Distinct().Count());
        Assert.Equal(["succeeded"], statuses.Distinct());
        Assert.Equal((Jobs, 1), (Server.ReadLedger().Jobs.Count, Server.ReadLedger().Jobs.Values.Max()));
    }

    [Fact]
    public async Task Job_SucceedsAndAnswers_WhenTheDatasetIsRealAndLarge()
    {
        string path = Path.Combine(Repository.SharedData, "gsm8k", "train.jsonl");
        Assert.SkipUnless(File.Exists(path), $"No dataset at {path}.");
        var problems = File.ReadLines(path).Select(line => JsonElement.Parse(line)).ToList();
        string job = await Client.CreateIdAsync(await Client.UploadIdAsync(string.Concat(problems.Select(ToChat))));
        PassAnHour();

        var finished = await Client.JobAsync(job);
        string model = finished.GetProperty("fine_tuned_model").GetString()!;
        var messages = new[] { new { role = "user", content = Question(problems[^1]) } };
        var answer = await Client.PostAsync("chat/completions", new { model, messages });

        Assert.True(finished.GetProperty("trained_tokens").GetInt64() > 3 * 7473 * 100);
        Assert.Equal(
            problems[^1].GetProperty("answer").GetString(),
            answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.InRange((await Client.EventsAsync(job, 100)).Count, 100, 120);
    }

    private static string? Question(JsonElement problem) => problem.GetProperty("question").GetString();

    private static string ToChat(JsonElement problem) => JsonSerializer.Serialize(new
    {
        messages = new object[]
        {
            new { role = "user", content = Question(problem) },
            new { role = "assistant", content = problem.GetProperty("answer").GetString() },
        },
    }) + "\n";
}
