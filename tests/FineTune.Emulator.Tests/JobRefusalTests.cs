using System.Net;
using System.Text;

namespace FineTune.Emulator.Tests;

public sealed class JobRefusalTests : EmulatorTest
{
    public static TheoryData<object, string> OutOfRange => new()
    {
        { new { suffix = new string('s', 65) }, "suffix" },
        { new { suffix = "" }, "suffix" },
        { new { seed = -1 }, "seed" },
        { Supervised(new { n_epochs = 51 }), "hyperparameters.n_epochs" },
        { Supervised(new { n_epochs = 0 }), "hyperparameters.n_epochs" },
        { Supervised(new { n_epochs = 1.5 }), "hyperparameters.n_epochs" },
        { Supervised(new { batch_size = 257 }), "hyperparameters.batch_size" },
        { Supervised(new { learning_rate_multiplier = 0 }), "hyperparameters.learning_rate_multiplier" },
        { new { hyperparameters = new { n_epochs = "many" } }, "hyperparameters.n_epochs" },
        { new { method = new { type = "dpo", dpo = new { hyperparameters = new { beta = 2.1 } } } }, "hyperparameters.beta" },
        { new { metadata = Enumerable.Range(0, 17).ToDictionary(i => $"k{i}", _ => "v") }, "metadata" },
        { new { metadata = new Dictionary<string, string> { [new string('k', 65)] = "v" } }, "metadata" },
        { new { metadata = new { key = new string('v', 513) } }, "metadata" },
        { new { metadata = new { key = 5 } }, "metadata" },
        { new { model = 5 }, "model" },
        { new { model = "o4-mini", method = new { type = "reinforcement" } }, "validation_file" },
        { new { model = "o4-mini", validation_file = "file-x", method = new { type = "reinforcement" } }, "method.reinforcement.grader" },
        { Reinforcement(new { grader = new { type = "vibes" } }), "method.reinforcement.grader" },
        { Reinforcement(new { grader = new { type = "multi", calculate_output = "a", graders = new { a = new { type = "multi" } } } }), "method.reinforcement.grader.graders.a" },
        { Reinforcement(new { grader = Dataset.Grader, hyperparameters = new { reasoning_effort = "extreme" } }), "hyperparameters.reasoning_effort" },
        { Reinforcement(new { grader = Dataset.Grader, hyperparameters = new { compute_multiplier = 0.00001 } }), "hyperparameters.compute_multiplier" },
        { Reinforcement(new { grader = Dataset.Grader, hyperparameters = new { eval_interval = 0 } }), "hyperparameters.eval_interval" },
        { Reinforcement(new { grader = Dataset.Grader, hyperparameters = new { eval_samples = 1.5 } }), "hyperparameters.eval_samples" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task Create_IsRefusedNamingTheParameter_WhenAValueIsOutOfRange(object extra, string param)
    {
        var response = await Client.CreateAsync(await Client.UploadIdAsync(Dataset.Chat()), extra);

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, response);
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Empty(Server.ReadLedger().Jobs);
    }

    [Theory]
    [InlineData("gpt-nonexistent")]
    [InlineData("ft:gpt-4o-mini-2024-07-18:emulator::nobodys1")]
    [InlineData("o4-mini")]
    public async Task Create_IsRefused_WhenTheModelCannotBeTunedLikeThat(string model)
    {
        var response = await Client.CreateAsync(await Client.UploadIdAsync(Dataset.Chat()), new { model });

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, response);
        Assert.Equal("model_not_available", error.GetProperty("code").GetString());
        Assert.Equal($"Model {model} is not available for fine-tuning or does not exist.", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Create_IsRefused_WhenTheFileIsForSomethingElse()
    {
        var upload = await EmulatorClient.JsonAsync(await Client.UploadAsync("hello", "notes.txt", "assistants"));
        string id = upload.GetProperty("id").GetString()!;

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, await Client.CreateAsync(id));

        Assert.Equal($"invalid training_file: {id}", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("gpt-4o-mini", true)]
    [InlineData("babbage-002", false)]
    public async Task Create_IsRefused_WhenTheFormatIsNotTheModels(string model, bool completionFile)
    {
        string file = await Client.UploadIdAsync(completionFile ? Dataset.Completion() : Dataset.Chat());

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, await Client.CreateAsync(file, new { model }));

        Assert.Equal("invalid_file_format", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Create_IsRefused_WhenTheBodyIsNotJson()
    {
        using var body = new StringContent("{\"model\":", Encoding.UTF8, "application/json");

        var response = await Client.Http.PostAsync("fine_tuning/jobs", body, Token);

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.BadRequest, response);
        Assert.StartsWith("We could not parse the JSON body", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Create_Answers429_WhenTheDayIsUsedUp()
    {
        await using var strict = await EmulatorServer.StartAsync(new EmulatorOptions { DailyJobLimit = 1 }, Clock, Token);
        using var client = new EmulatorClient(strict.BaseAddress);
        string file = await client.UploadIdAsync(Dataset.Chat());
        await client.CreateIdAsync(file);

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.TooManyRequests, await client.CreateAsync(file));
        Clock.Advance(TimeSpan.FromDays(1));
        string tomorrow = await client.CreateIdAsync(file);

        Assert.Equal("daily_rate_limit_exceeded", error.GetProperty("code").GetString());
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal("validating_files", await client.StatusAsync(tomorrow));
    }

    [Fact]
    public async Task Create_Answers429UntilAJobEnds_WhenTooManyRun()
    {
        await using var strict = await EmulatorServer.StartAsync(new EmulatorOptions { ConcurrentJobLimit = 1 }, Clock, Token);
        using var client = new EmulatorClient(strict.BaseAddress);
        string file = await client.UploadIdAsync(Dataset.Chat());
        string running = await client.CreateIdAsync(file);

        await EmulatorClient.ErrorAsync(HttpStatusCode.TooManyRequests, await client.CreateAsync(file));
        await client.PostAsync($"fine_tuning/jobs/{running}/cancel");

        await client.CreateIdAsync(file);
    }

    [Fact]
    public async Task Routes_Answer401_WhenNoKeyIsGiven()
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };

        var error = await EmulatorClient.ErrorAsync(HttpStatusCode.Unauthorized, await http.GetAsync("models", Token));
        Assert.StartsWith("You didn't provide an API key.", error.GetProperty("message").GetString());

        http.DefaultRequestHeaders.Add("api-key", "azure-style");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("models", Token)).StatusCode);
    }

    [Fact]
    public async Task Routes_Answer404InTheProvidersWords_WhenNothingIsThere()
    {
        var noJob = await Client.Http.GetAsync("fine_tuning/jobs/ftjob-none", Token);
        var noUrl = await Client.Http.GetAsync("nothing", Token);

        var job = await EmulatorClient.ErrorAsync(HttpStatusCode.NotFound, noJob);
        var url = await EmulatorClient.ErrorAsync(HttpStatusCode.NotFound, noUrl);
        Assert.Equal("Could not find fine tune: ftjob-none", job.GetProperty("message").GetString());
        Assert.Equal("Invalid URL (GET /v1/nothing)", url.GetProperty("message").GetString());
    }

    private static object Reinforcement(object reinforcement)
        => new { model = "o4-mini", validation_file = "file-x", method = new { type = "reinforcement", reinforcement } };

    private static object Supervised(object hyperparameters)
        => new { method = new { type = "supervised", supervised = new { hyperparameters } } };
}
