using System.Text;
using System.Text.Json.Nodes;
using FineTune.Datasets;
using FineTune.Datasets.Formats.Reinforcement;

namespace FineTune.Core.Tests.Datasets;

/// <summary>Graders and prompts, good and bad, told to the checker and to the emulator, which judges with code of its own: a job succeeds where the checker finds no error.</summary>
public sealed class GraderAgreementTests : AgreementTest
{
    private const string StringCheck = """{"type": "string_check", "input": "{{sample.output_text}}", "reference": "{{ item.answer }}", "operation": "eq"}""";
    private const string Multi = """{"type": "multi", "graders": {"a": PART}, "calculate_output": "a"}""";
    private const string Format = """{"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object"}}}""";

    public static TheoryData<string, string?> Graders { get; } = new()
    {
        { StringCheck, null },
        { StringCheck.Replace("eq", "is", StringComparison.Ordinal), null },
        { StringCheck.Replace("answer", "solution", StringComparison.Ordinal), null },
        { """{"type": "string_check", "reference": "x", "operation": "eq"}""", null },
        { """{"type": "text_similarity", "input": "a", "reference": "b", "evaluation_metric": "rouge_l"}""", null },
        { """{"type": "text_similarity", "input": "a", "reference": "b", "evaluation_metric": "rouge_9"}""", null },
        { """{"type": "python", "source": "def grade(sample, item): return 1.0"}""", null },
        { """{"type": "python"}""", null },
        { """{"type": "score_model", "model": "o3", "input": [{"role": "user", "content": "{{item.answer}}"}]}""", null },
        { """{"type": "score_model", "model": "o3", "input": "x"}""", null },
        { """{"type": "label_model", "model": "o3", "input": [], "labels": ["a"], "passing_labels": ["a"]}""", null },
        { """{"type": "vibes"}""", null },
        { "{}", null },
        { Multi.Replace("PART", StringCheck, StringComparison.Ordinal), null },
        { Multi.Replace("PART", """{"type": "label_model", "model": "o3", "input": [], "labels": ["a"], "passing_labels": ["a"]}""", StringComparison.Ordinal), null },
        { Multi.Replace("PART", """{"type": "python"}""", StringComparison.Ordinal), null },
        { Multi.Replace("PART", Multi.Replace("PART", StringCheck, StringComparison.Ordinal), StringComparison.Ordinal), null },
        { """{"type": "multi", "graders": {}, "calculate_output": "a"}""", null },
        { """{"type": "string_check", "input": "{{sample.output_json.n}}", "reference": "b", "operation": "eq"}""", null },
        { """{"type": "string_check", "input": "{{sample.output_json.n}}", "reference": "b", "operation": "eq"}""", Format },
    };

    public static TheoryData<string> Prompts { get; } =
    [
        """{"messages": [{"role": "user", "content": "Hi"}], "answer": "x"}""",
        """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}], "answer": "x"}""",
        """{"messages": [{"role": "developer", "content": "Hi"}], "answer": "x"}""",
        """{"messages": [{"role": "user", "content": "Hi"}]}""",
        """{"messages": [{"role": "human", "content": "Hi"}], "answer": "x"}""",
        """{"messages": [], "answer": "x"}""",
        """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}, {"role": "user", "content": "Hi"}], "answer": {"a": [1]}}""",
    ];

    [Theory]
    [MemberData(nameof(Graders))]
    public Task Verdicts_Agree_OnTheGrader(string grader, string? format) => AgreeAsync(Lines(12), grader, format);

    [Theory]
    [MemberData(nameof(Prompts))]
    public Task Verdicts_Agree_OnTheExample(string line) => AgreeAsync(Lines(12) + line, StringCheck, format: null);

    private static string Lines(int count) => string.Concat(Enumerable.Range(1, count).Select(
        i => $$"""{"messages": [{"role": "user", "content": "What is {{i}} and {{i}}?"}], "answer": "{{i + i}}"}""" + "\n"));

    private async Task AgreeAsync(string examples, string grader, string? format)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(examples);
        FineTuneSpec spec = new() { Model = "o4-mini", Method = TrainingMethod.Reinforcement, ValidationDataset = "v.jsonl" };
        var report = await Inspection.Inspector(provider: "other").InspectAsync(
            "data.jsonl", new MemoryStream(bytes), spec, DatasetRole.Training, new ExampleIndex(), TestContext.Current.CancellationToken, Grader.Read(grader, format));

        string refusal = await RefusalAsync(bytes, grader, format);

        Assert.True(
            report.IsTrainable == (refusal.Length == 0),
            $"The emulator says \"{refusal}\", the checker: {string.Join(", ", report.ProblemCounts.Select(count => count.Code))}");
    }

    private Task<string> RefusalAsync(byte[] bytes, string grader, string? format)
    {
        JsonObject settings = new() { ["grader"] = JsonNode.Parse(grader), ["response_format"] = format is null ? null : JsonNode.Parse(format) };
        JsonObject method = new() { ["type"] = "reinforcement", ["reinforcement"] = settings };
        return RefusalAsync(bytes, file => new() { ["model"] = "o4-mini", ["training_file"] = file, ["validation_file"] = file, ["method"] = method });
    }
}
