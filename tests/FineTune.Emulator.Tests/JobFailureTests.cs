using System.Text.Json;

namespace FineTune.Emulator.Tests;

public sealed class JobFailureTests : EmulatorTest
{
    public static TheoryData<string, string, string> BadFiles => new()
    {
        { Dataset.Chat(examples: 3), "invalid_n_examples", "Training file has 3 example(s), but must have at least 10 examples" },
        { "", "invalid_n_examples", "Training file has 0 example(s)" },
        { Dataset.Chat() + "{\"messages\": [],}\n", "invalid_file_format", "Line 13 of the training file is not a valid JSON object" },
        { "[" + Dataset.Chat(), "invalid_file_format", "Line 1" },
        { Dataset.Chat() + "7\n", "invalid_file_format", "Line 13" },
        { Dataset.Chat() + "{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}\n", "invalid_file_format", "Line 13" },
        { Message("""{"role":"wizard","content":"x"}"""), "invalid_training_file", "Line 13, messages[0]: key \"role\"" },
        { Message("""{"role":"user"}"""), "invalid_training_file", "Line 13, messages[0]: is missing key \"content\"" },
        { Message("""{"role":"user","content":5}"""), "invalid_training_file", "key \"content\": expected String or Array, found Number" },
        { Message("""{"role":"user","content":"x","colour":"red"}"""), "invalid_training_file", "has an unexpected key" },
        { Message("""{"role":"assistant","content":"x","weight":2}"""), "invalid_training_file", "key \"weight\": expected 0 or 1" },
        { Message("""{"role":"user","content":"x"}"""), "invalid_training_file", "must have at least one message with role \"assistant\"" },
        { Dataset.Chat() + "{\"messages\":[]}\n", "invalid_training_file", "Line 13, key \"messages\": must not be empty" },
        { Message("""{"role":"user","content":""}"""), "invalid_training_file", "key \"content\": must not be empty" },
        { Message("""{"role":"assistant","content":"a"},{"role":"assistant","content":"b"}"""), "invalid_training_file", "Line 13, messages[1]: follows another message" },
        { Message("""{"role":"assistant","content":"a"},{"role":"user","content":"b"}"""), "invalid_training_file", "the last message must have role" },
        { Message("""{"role":"tool","content":"3","tool_call_id":"c"},{"role":"assistant","content":"b"}"""), "invalid_training_file", "expected the id of an open tool call" },
        { Dataset.Chat() + "\n" + Dataset.Chat(), "invalid_file_format", "Line 13" },
        { Dataset.Chat() + "{\"text\":\"x\"}\n", "invalid_training_file", "Line 13, is missing key \"messages\"" },
        { Dataset.Preference(), "invalid_training_file", "expects Chat" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Job_FailsWhileValidating_WhenTheTrainingFileIsBad(string content, string code, string message)
    {
        string id = await Client.CreateIdAsync(await Client.UploadIdAsync(content));
        string before = await Client.StatusAsync(id);
        PassAnHour();

        var job = await Client.JobAsync(id);
        var newest = (await Client.EventsAsync(id))[^1];

        Assert.Equal(("validating_files", "failed"), (before, job.GetProperty("status").GetString()));
        Assert.Equal(code, job.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("training_file", job.GetProperty("error").GetProperty("param").GetString());
        Assert.Contains(message, job.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("error", newest.GetProperty("level").GetString());
        Assert.Equal(code, newest.GetProperty("data").GetProperty("error_code").GetString());
        Assert.Equal("training_file", newest.GetProperty("data").GetProperty("error_param").GetString());
    }

    [Fact]
    public async Task Job_NamesTheValidationFile_WhenThatIsTheBadOne()
    {
        string training = await Client.UploadIdAsync(Dataset.Chat());
        string validation = await Client.UploadIdAsync(Message("""{"role":"wizard","content":"x"}"""));
        string id = await Client.CreateIdAsync(training, new { validation_file = validation });
        PassAnHour();

        var error = (await Client.JobAsync(id)).GetProperty("error");

        Assert.Equal("invalid_validation_file", error.GetProperty("code").GetString());
        Assert.Equal("validation_file", error.GetProperty("param").GetString());
    }

    [Fact]
    public async Task Job_Fails_WhenItsTrainingFileExpiresBeforeTheEnd()
    {
        using var form = EmulatorClient.Form(Dataset.Chat());
        form.Add(new StringContent("created_at"), "expires_after[anchor]");
        form.Add(new StringContent("3600"), "expires_after[seconds]");
        var file = await EmulatorClient.JsonAsync(await Client.Http.PostAsync("files", form, Token));
        Clock.Advance(TimeSpan.FromMinutes(59));
        string id = await Client.CreateIdAsync(file.GetProperty("id").GetString()!);

        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("deleted_training_file", (await Client.JobAsync(id)).GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public async Task Job_Fails_WhenItsTrainingFileIsDeletedBeforeTheEnd(int second)
    {
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string id = await Client.CreateIdAsync(file);
        Clock.Advance(TimeSpan.FromSeconds(second));

        await Client.DeleteAsync($"files/{file}");

        var error = (await Client.JobAsync(id)).GetProperty("error");
        Assert.Equal("deleted_training_file", error.GetProperty("code").GetString());
        Assert.Equal("The job failed because the training file was deleted", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Job_StaysSucceeded_WhenItsTrainingFileIsDeletedAfterTheEnd()
    {
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string id = await Client.CreateIdAsync(file);
        PassAnHour();

        await Client.DeleteAsync($"files/{file}");

        Assert.Equal("succeeded", await Client.StatusAsync(id));
    }

    [Theory]
    [InlineData("davinci-002", "completion")]
    [InlineData("gpt-4o", "dpo")]
    public async Task Job_Succeeds_WhenTheFormatIsTheMethods(string model, string format)
    {
        string file = await Client.UploadIdAsync(format == "dpo" ? Dataset.Preference() : Dataset.Completion());
        string id = await Client.CreateIdAsync(file, new { model, method = new { type = format == "dpo" ? "dpo" : "supervised" } });
        PassAnHour();

        var job = await Client.JobAsync(id);

        Assert.Equal("succeeded", job.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Object, job.GetProperty("method").GetProperty(format == "dpo" ? "dpo" : "supervised").ValueKind);
    }

    [Theory]
    [InlineData("\uFEFF", "")]
    [InlineData("", "\r\n  ")]
    public async Task Job_Succeeds_WhenTheFileOnlyHasAMarkOrABlankLineAtItsEnd(string before, string after)
    {
        string content = before + Dataset.Chat().Replace("\n", "\r\n", StringComparison.Ordinal) + after;
        string id = await Client.CreateIdAsync(await Client.UploadIdAsync(content));
        PassAnHour();

        Assert.Equal("succeeded", await Client.StatusAsync(id));
    }

    [Theory]
    [InlineData(12, 1_001, "validation_file", "at most 1000 examples")]
    [InlineData(9, 9, "training_file", "at least 10 examples")]
    public async Task Job_Fails_WhenReinforcementHasTooManyOrTooFewPrompts(int training, int validation, string param, string words)
    {
        string id = await Client.CreateIdAsync(await Client.UploadIdAsync(Dataset.Prompts(training)), new
        {
            model = "o4-mini",
            validation_file = await Client.UploadIdAsync(Dataset.Prompts(validation)),
            method = new { type = "reinforcement", reinforcement = new { grader = Dataset.Grader } },
        });
        PassAnHour();

        var error = (await Client.JobAsync(id)).GetProperty("error");
        Assert.Equal(("invalid_n_examples", param), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
        Assert.Contains(words, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static string Message(string message) => Dataset.Chat() + $$"""{"messages":[{{message}}]}""" + "\n";
}
