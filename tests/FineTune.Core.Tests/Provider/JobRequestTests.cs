using System.Text.Json;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Ports;
using FineTune.Provider;

namespace FineTune.Core.Tests.Provider;

/// <summary>The body of the one call that costs money, word for word.</summary>
public sealed class JobRequestTests
{
    private const string Key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void ToJson_SaysWhatIsAskedForAndWhoseItIs()
    {
        FineTuneSpec spec = new()
        {
            Model = "gpt-4.1-mini-2025-04-14",
            Suffix = "bot",
            Hyperparameters = new Hyperparameters(Epochs: 3, BatchSize: 4, LearningRateMultiplier: 0.5),
        };

        AssertJson(
            """
            {"model":"gpt-4.1-mini-2025-04-14","training_file":"file-1","suffix":"bot-0123456789ab","seed":42,
             "method":{"type":"supervised","supervised":{"hyperparameters":{"n_epochs":3,"batch_size":4,"learning_rate_multiplier":0.5}}},
             "metadata":{"ft_key":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","ft_attempt":"2"},
             "validation_file":"file-2"}
            """,
            JobRequest.ToJson(new NewJob(Key, spec, "file-1", "file-2", Attempt: 2), []));
    }

    [Fact]
    public void ToJson_LeavesOutWhatNobodySaid_AndAddsWhatTheSettingsSay()
    {
        FineTuneSpec spec = new() { Model = "m", Method = TrainingMethod.Preference, Seed = 0, Hyperparameters = new Hyperparameters(Beta: 0.1) };

        AssertJson(
            """
            {"model":"m","training_file":"file-1","suffix":"0123456789ab","seed":0,
             "method":{"type":"dpo","dpo":{"hyperparameters":{"beta":0.1}}},
             "metadata":{"ft_key":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","ft_attempt":"1"},
             "trainingType":"globalStandard"}
            """,
            JobRequest.ToJson(new NewJob(Key, spec, "file-1", ValidationFileId: null, Attempt: 1), [new("trainingType", "globalStandard")]));
    }

    [Fact]
    public void ToJson_SendsGraderAndFormatAsTheyWereGiven_WhenTheMethodIsReinforcement()
    {
        FineTuneSpec spec = new()
        {
            Model = "o4-mini",
            Method = TrainingMethod.Reinforcement,
            Hyperparameters = new Hyperparameters(ReasoningEffort: "low", ComputeMultiplier: 1.5, EvalInterval: 5, EvalSamples: 2),
        };
        Grader grader = Grader.Read(
            """{"type": "python", "source": "def grade(sample, item):\n    return 1.0"}""",
            """{"type": "json_schema", "json_schema": {"name": "n", "schema": {"b": 1, "a": 2.50}}}""");

        BinaryData body = JobRequest.ToJson(new NewJob(Key, spec, "file-1", "file-2", Attempt: 1) { Grader = grader }, []);

        AssertJson(
            """
            {"model":"o4-mini","training_file":"file-1","suffix":"0123456789ab","seed":42,
             "method":{"type":"reinforcement","reinforcement":{
               "hyperparameters":{"compute_multiplier":1.5,"eval_interval":5,"eval_samples":2,"reasoning_effort":"low"},
               "grader":{"type":"python","source":"def grade(sample, item):\n    return 1.0"},
               "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"b":1,"a":2.50}}}}},
             "metadata":{"ft_key":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","ft_attempt":"1"},
             "validation_file":"file-2"}
            """,
            body);
        Assert.Contains("\"b\":1,\"a\":2.50", body.ToString(), StringComparison.Ordinal); // the model answers in this order
    }

    [Fact]
    public void ToJson_KeepsTheSuffixWithinTheProvidersLimit_WhenItIsAsLongAsAllowed()
    {
        FineTuneSpec spec = new() { Model = "m", Suffix = new string('s', 40) };

        BinaryData body = JobRequest.ToJson(new NewJob(Key, spec, "file-1", ValidationFileId: null, Attempt: 1), []);

        Assert.InRange(JsonElement.Parse(body.ToMemory().Span).GetProperty("suffix").GetString()!.Length, 1, 64);
    }

    private static void AssertJson(string expected, BinaryData found)
        => Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(found.ToMemory().Span)), found.ToString());
}
