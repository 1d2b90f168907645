using FineTune.Datasets.Counting;

namespace FineTune.Core.Tests.Datasets;

public sealed class PreferenceTests
{
    private const string Good = """{"input": {"messages": [{"role": "user", "content": "Hi"}]}, "preferred_output": [{"role": "assistant", "content": "Hello!"}], "non_preferred_output": [{"role": "assistant", "content": "What?"}]}""";

    private static readonly FineTuneSpec PreferenceSpec = Inspection.Spec with { Method = TrainingMethod.Preference };

    public static TheoryData<string, string> Bad { get; } = new()
    {
        { "preference-unknown-key", Replace("{\"input\"", "{‸\"id\": 1, \"input\"") },
        { "preference-input-wrong", Replace("{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}", "‸\"Hi\"") },
        { "preference-input-wrong", "‸" + Replace("\"input\": {\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}, ", "") },
        { "preference-input-unknown-key", Replace("{\"messages\"", "{‸\"system\": \"Be kind\", \"messages\"") },
        { "preference-input-ends-with-answer", Replace("\"Hi\"}]", "\"Hi\"}, ‸{\"role\": \"assistant\", \"content\": \"Ho\"}]") },
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

    private static string Replace(string old, string with)
    {
        Assert.Contains(old, Good, StringComparison.Ordinal);
        return Good.Replace(old, with, StringComparison.Ordinal);
    }
}
