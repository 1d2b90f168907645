using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FineTune.Emulator.Tests;

public sealed class ModelTests : EmulatorTest
{
    [Fact]
    public async Task Model_ExistsOnlyOnceItsJobHasSucceeded()
    {
        string job = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Chat()));
        Clock.Advance(TimeSpan.FromSeconds(84));
        int before = (await TunedAsync()).Length;
        Clock.Advance(TimeSpan.FromSeconds(2));

        string model = (await Client.JobAsync(job)).GetProperty("fine_tuned_model").GetString()!;
        Assert.Equal(2, before); // the checkpoints of the two epochs before
        Assert.Contains(model, await TunedAsync());
        Assert.Equal("emulator", (await Client.GetAsync($"models/{model}")).GetProperty("owned_by").GetString());
        Assert.Equal("2027-01-14", (await Client.GetAsync($"models/{model}")).GetProperty("shutdown_date").GetString());
    }

    [Fact]
    public async Task Delete_TakesATunedModelAwayAndSparesABaseModel()
    {
        string model = (await Client.JobAsync(await SucceedAsync())).GetProperty("fine_tuned_model").GetString()!;

        var deleted = await Client.DeleteAsync($"models/{model}");

        Assert.True(deleted.GetProperty("deleted").GetBoolean());
        await EmulatorClient.ErrorAsync(HttpStatusCode.NotFound, await Client.Http.GetAsync($"models/{model}", Token));
        await EmulatorClient.ErrorAsync(HttpStatusCode.NotFound, await AskAsync(model, "How many apples are 3 and 3?"));
        await EmulatorClient.ErrorAsync(HttpStatusCode.Forbidden, await Client.Http.DeleteAsync("models/gpt-4o-mini-2024-07-18", Token));
    }

    [Theory]
    [InlineData("How many apples are 7 and 7?", "14 apples")]
    [InlineData("how many APPLES would 9 and 9 be", "18 apples")]
    [InlineData("zzz", "Simulated answer: no training example shares a word with this prompt.")]
    public async Task Chat_AnswersFromTheTrainingData(string prompt, string answer)
    {
        string model = (await Client.JobAsync(await SucceedAsync())).GetProperty("fine_tuned_model").GetString()!;

        var completion = await EmulatorClient.JsonAsync(await AskAsync(model, prompt));

        Assert.Equal(answer, Answer(completion));
        Assert.Equal("emulator", completion.GetProperty("system_fingerprint").GetString());
        Assert.True(completion.GetProperty("usage").GetProperty("total_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task Chat_StillAnswers_WhenTheTrainingFileIsDeletedAfterwards()
    {
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string job = await Client.CreateIdAsync(file);
        PassAnHour();
        await Client.DeleteAsync($"files/{file}");
        string model = (await Client.JobAsync(job)).GetProperty("fine_tuned_model").GetString()!;

        var completion = await EmulatorClient.JsonAsync(await AskAsync(model, "How many apples are 2 and 2?"));

        Assert.Equal("4 apples", Answer(completion));
    }

    [Fact]
    public async Task Chat_SaysItIsSimulated_WhenTheModelIsABaseModel()
    {
        var completion = await EmulatorClient.JsonAsync(await AskAsync("gpt-4o-mini", "hello"));

        Assert.StartsWith("Simulated answer:", Answer(completion));
    }

    [Fact]
    public async Task Chat_Answers404_WhenThereIsNoSuchModel()
    {
        var response = await AskAsync("ft:gpt-4o-mini-2024-07-18:emulator::none1234", "hello");

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.NotFound, response);
        Assert.Equal("model_not_found", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Chat_StreamsTheSameAnswer_WhenAskedTo()
    {
        string model = (await Client.JobAsync(await SucceedAsync())).GetProperty("fine_tuned_model").GetString()!;

        var messages = new[] { new { role = "user", content = "How many apples are 7 and 7?" } };
        var response = await Client.Http.PostAsJsonAsync("chat/completions", new { model, stream = true, messages }, Token);
        string[] events = (await response.Content.ReadAsStringAsync(Token)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("data: [DONE]", events[^1]);
        var deltas = events[..^1].Select(e => JsonElement.Parse(e["data: ".Length..]).GetProperty("choices")[0].GetProperty("delta"));
        Assert.Equal("14 apples", string.Concat(deltas.Select(d => d.TryGetProperty("content", out var text) ? text.GetString() : "")));
    }

    [Fact]
    public async Task Completions_AnswerFromTheTrainingData_WhenTheModelIsALegacyOne()
    {
        string job = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Completion()), new { model = "babbage-002" });
        PassAnHour();
        string model = (await Client.JobAsync(job)).GetProperty("fine_tuned_model").GetString()!;

        var completion = await Client.PostAsync("completions", new { model, prompt = "5 ->" });

        Assert.Equal(" 6", completion.GetProperty("choices")[0].GetProperty("text").GetString());
    }

    private static string? Answer(JsonElement completion)
        => completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();

    private Task<HttpResponseMessage> AskAsync(string model, string prompt)
    {
        var messages = new[] { new { role = "user", content = prompt } };
        return Client.Http.PostAsJsonAsync("chat/completions", new { model, messages }, Token);
    }

    private async Task<string[]> TunedAsync()
        => [.. (await Client.GetAsync("models")).GetProperty("data").EnumerateArray()
            .Select(m => m.GetProperty("id").GetString()!).Where(id => id.StartsWith("ft:", StringComparison.Ordinal))];
}
