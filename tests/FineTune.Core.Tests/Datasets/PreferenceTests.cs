using FineTune.Datasets.Counting;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class PreferenceTests
{
    private const string Good = """{"input": {"messages": [{"role": "user", "content": "Hi"}]}, "preferred_output": [{"role": "assistant", "content": "Hello!"}], "non_preferred_output": [{"role": "assistant", "content": "What?"}]}""";

    internal static readonly FineTuneSpec PreferenceSpec = Inspection.Spec with { Method = TrainingMethod.Preference };

    public static TheoryData<string, string> Bad { get; } = new()
    {
        { "preference-unknown-key", Replace("{\"input\"", "{‸\"id\": 1, \"input\"") },
        { "preference-input-wrong", Replace("{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}", "‸\"Hi\"") },
        { "preference-input-wrong", "‸" + Replace("\"input\": {\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}, ", "") },
        { "preference-input-unknown-key", Replace("{\"messages\"", "{‸\"system\": \"Be kind\", \"messages\"") },
        { "preference-input-ends-with-answer", Replace("\"Hi\"}]", "\"Hi\"}, ‸{\"role\": \"assistant\", \"content\": \"Ho\"}]") },
        { "preference-many-turns", Replace("[{\"role\": \"user\", \"content\": \"Hi\"}]", "‸[{\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", \"content\": \"Ho\"}, {\"role\": \"user\", \"content\": \"Hm\"}]") },
        { "preference-output-wrong", Replace("[{\"role\": \"assistant\", \"content\": \"Hello!\"}]", "‸[]") },
        { "preference-output-wrong", Replace("[{\"role\": \"assistant\", \"content\": \"Hello!\"}]", "‸\"Hello!\"") },
        { "preference-output-wrong", Replace("[{\"role\": \"assistant\", \"content\": \"What?\"}]", "‸[{\"role\": \"assistant\", \"content\": \"A\"}, {\"role\": \"assistant\", \"content\": \"B\"}]") },
        { "preference-output-wrong", "‸" + Replace(", \"non_preferred_output\": [{\"role\": \"assistant\", \"content\": \"What?\"}]", "") },
        { "preference-output-not-from-assistant", Replace("[{\"role\": \"assistant\", \"content\": \"Hello!\"", "‸[{\"role\": \"user\", \"content\": \"Hello!\"") },
        { "preference-outputs-same", Replace("[{\"role\": \"assistant\", \"content\": \"What?\"}]", "‸[{\"role\":\"assistant\",\"content\":\"Hello\\u0021\"}]") },
        { "preference-images", "‸" + Replace("\"content\": \"Hi\"", "\"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\": \"https://lumo.example/a.png\"}}]") },
        { "content-empty", Replace("\"What?\"", "‸\"\"") },
        { "user-missing", Replace("[{\"role\": \"user\"", "‸[{\"role\": \"system\"") },
        { "messages-empty", Replace("[{\"role\": \"user\", \"content\": \"Hi\"}]", "‸[]") },
        { "format-wrong", "‸" + Inspection.GoodLine },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task InspectAsync_ReportsExactlyTheMistakeAtItsPlace_WhenAPreferenceIsWrong(string code, string marked)
    {
        var (bytes, line, column) = BadLines.Read(marked);

        var report = await Inspection.OfAsync(bytes, PreferenceSpec);

        var found = report.Problems.Where(problem => problem.Line is not null).Select(problem => (problem.Code, problem.Line, problem.Column));
        Assert.Equal([(code, line, column)], found);
    }

    [Theory]
    [InlineData(60, null, true)]
    [InlineData(60, 3, true)]
    [InlineData(60, 2, false)]
    [InlineData(500, null, false)]
    public async Task InspectAsync_AdvisesFewEpochs_WhenPreferencesAreFew(int pairs, int? epochs, bool isAdvised)
    {
        var report = await Inspection.OfAsync(GoodLines(pairs), PreferenceSpec with { Hyperparameters = new(Epochs: epochs) });

        Assert.Equal(isAdvised, report.Has(PreferenceRules.ManyEpochs));
    }

    [Fact]
    public async Task InspectAsync_FindsNothing_WhenBothOutputsCallTheSameTool()
    {
        string Output(string city) => "[{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c1\", \"type\": \"function\", \"function\": {\"name\": \"find\", \"arguments\": \"{\\\"city\\\": \\\"" + city + "\\\"}\"}}]}]";
        string line = "{\"input\": {\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"find\"}}]}, "
            + "\"preferred_output\": " + Output("Oslo") + ", \"non_preferred_output\": " + Output("Rome") + "}";

        var report = await Inspection.OfAsync(line, PreferenceSpec);

        Assert.DoesNotContain(report.Problems, problem => problem.Line is not null);
    }

    [Fact]
    public async Task InspectAsync_CountsThePromptOnceOrTwice_WhenExamplesArePreferences()
    {
        var chat = await Inspection.OfAsync("""{"messages": [{"role": "user", "content": "Hi"}]}""");
        var whole = await Inspection.OfAsync("""{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}, {"role": "assistant", "content": "What?"}]}""");

        var report = await Inspection.OfAsync(Good, PreferenceSpec);

        Assert.Equal(new Interval<long>(whole.Tokens!.Dataset.Low, whole.Tokens.Dataset.Low + chat.Tokens!.Dataset.Low), report.Tokens!.Dataset);
        Assert.Equal((1, 3L), (report.Examples, report.Messages));
    }

    /// <summary>Each answer goes through the model behind the prompt, not behind the other answer.</summary>
    [Theory]
    [InlineData(30_000, 30_000, 30_000, "example-maybe-over-context", null, 60_000 + 30_000, 60_000 + 60_000)]
    [InlineData(30_000, 40_000, 10, "example-over-context", "preferred_output[0]", 65_536, 65_536 + 30_010)]
    [InlineData(30_000, 10, 40_000, "example-over-context", "non_preferred_output[0]", 65_536, 30_010 + 65_536)]
    [InlineData(70_000, 10, 10, "example-over-context", "input.messages[0]", 65_536, 65_536 + 65_536)]
    [InlineData(10_000, 10_000, 10_000, null, null, 30_000, 40_000)]
    public async Task InspectAsync_HoldsEachAnswerWithThePromptAgainstTheContext(
        int prompt, int preferred, int other, string? code, string? field, int trainedLow, int trainedHigh)
    {
        static string Words(int count) => string.Concat(Enumerable.Repeat(" word", count));
        string line = System.Text.Json.JsonSerializer.Serialize(new
        {
            input = new { messages = new[] { new { role = "user", content = Words(prompt) } } },
            preferred_output = new[] { new { role = "assistant", content = Words(preferred) } },
            non_preferred_output = new[] { new { role = "assistant", content = "No" + Words(other) } },
        });

        var report = await Inspection.OfAsync(line, PreferenceSpec);

        var problem = report.Problems.SingleOrDefault(problem => problem.Line is not null);
        Assert.Equal((code, field), (problem?.Code, problem?.Field));
        Assert.InRange(report.Tokens!.Trained.Low, Math.Min(trainedLow, 65_536), Math.Min(trainedLow, 65_536) + 20);
        Assert.InRange(report.Tokens.Trained.High, trainedHigh, trainedHigh + 30);
    }

    /// <summary>The provider's own example has it.</summary>
    [Fact]
    public async Task InspectAsync_FindsNothing_WhenTheInputDeclaresAnEmptyListOfTools()
    {
        var report = await Inspection.OfAsync(Replace("}]}, ", "}], \"tools\": [], \"parallel_tool_calls\": true}, "), PreferenceSpec);

        Assert.DoesNotContain(report.Problems, problem => problem.Line is not null);
    }

    /// <summary>As many different good preferences as asked for, a line each.</summary>
    internal static string GoodLines(int count)
        => string.Concat(Enumerable.Range(1, count).Select(number => Good.Replace("Hi", $"Hi {number}", StringComparison.Ordinal) + "\n"));

    private static string Replace(string old, string with)
    {
        Assert.Contains(old, Good, StringComparison.Ordinal);
        return Good.Replace(old, with, StringComparison.Ordinal);
    }
}
