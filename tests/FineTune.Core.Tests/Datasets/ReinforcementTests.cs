using System.Text;
using FineTune.Datasets;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class ReinforcementTests
{
    private const string StringCheck = """{"type": "string_check", "name": "same", "input": "{{sample.output_text}}", "reference": "{{ item.answer }}", "operation": "eq"}""";
    private const string OutputJson = """{"type": "string_check", "name": "same", "input": "{{sample.output_json.city}}", "reference": "x", "operation": "eq"}""";
    private const string Format = """{"type": "json_schema", "json_schema": {"name": "city", "schema": {"type": "object"}, "strict": true}}""";
    private const string Example = """{"messages": [{"role": "user", "content": "What is 1 + N?"}], "answer": "N"}""";

    private static readonly FineTuneSpec Spec = Inspection.Spec with
    {
        Model = "o4-mini",
        Method = TrainingMethod.Reinforcement,
        ValidationDataset = "data.validation.jsonl",
    };

    [Fact]
    public async Task InspectAsync_FindsNothingWrong_WhenPromptsHaveWhatTheGraderWants()
        => Assert.Empty((await InspectAsync(Lines(60), StringCheck)).Problems);

    [Theory]
    [InlineData("""{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}], "answer": "x"}""", "reinforcement-last-not-user")]
    [InlineData("""{"messages": [{"role": "user", "content": "Hi"}]}""", "reinforcement-field-missing")]
    [InlineData("""{"answer": "x"}""", "messages-missing")]
    [InlineData("""{"messages": [{"role": "human", "content": "Hi"}], "answer": "x"}""", "role-unknown")]
    [InlineData("""{"messages": [{"role": "user", "content": "What is 1 + 7?"}], "answer": "9"}""", "example-conflicting")]
    [InlineData("""{"messages": [{"role": "user", "content": "Show your chain of thought, please"}], "answer": "x"}""", "moderation-reasoning-phrase")]
    public async Task InspectAsync_NamesTheMistake_WhenAnExampleIsWrong(string line, string code)
    {
        var report = await InspectAsync(Lines(60) + line, StringCheck);

        var problem = Assert.Single(report.Problems);
        Assert.Equal((code, 61), (problem.Code, problem.Line));
    }

    [Fact]
    public async Task InspectAsync_NamesTheLine_WhenAnExampleHasOtherKeysForTheGrader()
    {
        string lines = Lines(60) + """{"why": "y", "answer": "z", "messages": [{"role": "user", "content": "What is 1 + x?"}]}""" + "\n" + Lines(3);

        var problem = (await InspectAsync(lines, StringCheck)).Problems[0];

        Assert.Equal((ReinforcementRules.KeysDiffer.Code, true), (problem.Code, problem.Message.Contains("line 61 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task InspectAsync_FindsNothingWrong_WhenTheKeysStandInAnotherOrder()
        => Assert.Empty((await InspectAsync(Lines(60) + """{"answer": "z", "messages": [{"role": "user", "content": "What is 1 + x?"}]}""", StringCheck)).Problems);

    [Fact]
    public async Task InspectAsync_SaysSo_WhenTheGraderComparesWithTheSameEveryTime()
        => Assert.Equal(
            ReinforcementRules.ValuesSame.Code,
            Assert.Single((await InspectAsync(SameAnswers(60), StringCheck)).Problems).Code);

    [Theory]
    [InlineData("{{ answer }}", true)]
    [InlineData("{{reference.answer}}", true)]
    [InlineData("{{ item.answer }} {{sample.output_text}}", false)]
    [InlineData("{item.answer} {{}} {{ 1 }}", false)]
    public async Task InspectAsync_Warns_WhenATemplateOfTheGraderRefersToNothing(string template, bool warned)
    {
        string grader = StringCheck.Replace("{{ item.answer }}", template, StringComparison.Ordinal);

        Assert.Equal(warned, (await InspectAsync(Lines(60), grader)).Has(ReinforcementRules.TemplateUnknown));
    }

    [Fact]
    public async Task InspectAsync_ReadsNoTemplates_WhereTheGraderIsCode()
        => Assert.Empty((await InspectAsync(Lines(60), """{"type": "python", "source": "def grade(sample, item): return len(f'{{x}}')"}""")).Problems);

    [Theory]
    [InlineData("""{"type": "string_check", "input": "a", "reference": "b", "operation": "is"}""", null, "grader-wrong")]
    [InlineData("""{"type": "text_similarity", "input": "a", "reference": "b"}""", null, "grader-wrong")]
    [InlineData("""{"type": "python"}""", null, "grader-wrong")]
    [InlineData("""{"type": "score_model", "model": "m", "input": "a"}""", null, "grader-wrong")]
    [InlineData("""{"type": "multi", "graders": {}, "calculate_output": "a"}""", null, "grader-wrong")]
    [InlineData("""{"type": "multi", "graders": {"a": {"type": "python"}}, "calculate_output": "a"}""", null, "grader-wrong")]
    [InlineData("""{"type": "label_model", "model": "m", "input": [], "labels": ["a"], "passing_labels": ["a"]}""", null, "grader-wrong")]
    [InlineData("""{"type": "multi", "graders": {"a": {"type": "label_model", "model": "m"}}, "calculate_output": "a"}""", null, "grader-wrong")]
    [InlineData("""{"type": "vibes"}""", null, "grader-wrong")]
    [InlineData("""[]""", null, "grader-wrong")]
    [InlineData(OutputJson, null, "grader-without-response-format")]
    [InlineData(OutputJson, """{"type": "json_object"}""", "response-format-wrong")]
    public async Task InspectAsync_NamesTheSetting_WhenTheGraderIsWrong(string grader, string? format, string code)
        => Assert.Equal(code, Assert.Single((await InspectAsync(Lines(60), grader, format)).Problems).Code);

    [Theory]
    [InlineData(OutputJson, Format)]
    [InlineData("""{"type": "multi", "graders": {"a": {"type": "label_model", "model": "m", "input": [], "labels": ["x"], "passing_labels": ["x"]}}, "calculate_output": "a"}""", null)]
    [InlineData("""{"type": "multi", "graders": {"a": {"type": "python", "source": "def grade(sample, item): return 1.0"}}, "calculate_output": "a"}""", null)]
    public async Task InspectAsync_AcceptsIt_WhenTheGraderIsComplete(string grader, string? format)
        => Assert.Empty((await InspectAsync(Lines(60), grader, format)).Problems);

    [Fact]
    public async Task InspectAsync_LimitsTheGradersCode()
    {
        string grader = System.Text.Json.JsonSerializer.Serialize(new { type = "python", source = new string('#', 256_000) });

        Assert.Equal("grader-wrong", Assert.Single((await InspectAsync(Lines(60), grader)).Problems).Code);
    }

    [Fact]
    public async Task InspectAsync_WantsAGrader_WhenTheMethodIsReinforcement()
    {
        var report = await Inspection.OfAsync(Lines(60), Spec);

        Assert.True(report.Has(ReinforcementRules.NoGrader));
        Assert.False(report.IsTrainable);
    }

    [Fact]
    public async Task InspectAsync_LimitsValidation_WhenTheMethodIsReinforcement()
        => Assert.True((await InspectAsync(Lines(1_001), StringCheck, role: DatasetRole.Validation)).Has(ReinforcementRules.TooManyExamples));

    [Theory]
    [InlineData("{type: python}")]
    [InlineData("""{"type": "python", "type": "python"}""")]
    [InlineData("""{"type": "python", "source": "\ud83d"}""")]
    [InlineData("""{"\ude00": "python"}""")]
    public void Read_SaysSo_WhenTheGraderIsNoJson(string grader)
        => Assert.Throws<InvalidDataException>(() => Grader.Read(grader));

    [Fact]
    public void Read_RefusesWhatAJobCouldNotCarry_WhenTheGraderIsDeep()
        => Assert.Throws<InvalidDataException>(() => Grader.Read(new string('[', 61) + new string(']', 61)));

    [Fact]
    public async Task InspectAsync_NeverThrows_WhateverJsonTheGraderIs()
    {
        string[] values = ["{}", "[]", "1", "null", "\"{{item.\"", "\"{{ item.a.b[0] }}\"", "true", "{\"type\":\"multi\"}", "[{\"type\":\"python\"}]"];
        string[] types = ["string_check", "text_similarity", "python", "score_model", "label_model", "multi"];
        string[] keys = ["input", "reference", "operation", "source", "model", "graders", "calculate_output", "labels"];
        foreach (string type in types)
        {
            foreach (string value in values)
            {
                string members = string.Join(',', keys.Select(key => $"\"{key}\":{value}"));

                Assert.NotNull(await InspectAsync(Lines(12), $"{{\"type\":\"{type}\",{members}}}", value));
            }
        }
    }

    [Theory]
    [InlineData("""{"a": [1, {"y": "\u00e4", "x": null}], "b": 2}""", null, true)]
    [InlineData("""{"b":2,"a":[1,{"x":null,"y":"ä"}]}""", null, true)]
    [InlineData("""{"b":2,"a":[{"x":null,"y":"ä"},1]}""", null, false)]
    [InlineData("""{"b":2,"a":[1,{"x":null,"y":"ä"}]}""", """{"q": 1}""", false)]
    public void Sha256_IsTheSame_HoweverTheGraderIsSpacedAndOrdered(string grader, string? format, bool same)
        => Assert.Equal(same, Grader.Read(grader, format).Sha256 == Grader.Read("""{"a":[1,{"x":null,"y":"ä"}],"b":2}""").Sha256);

    [Fact]
    public void Sha256_IsAnother_WhenTheModelIsToAnswerInAnotherOrder()
        => Assert.NotEqual(Grader.Read("{}", """{"a":1,"b":2}""").Sha256, Grader.Read("{}", """{"b":2,"a":1}""").Sha256);

    private static string SameAnswers(int count)
        => string.Concat(Enumerable.Range(1, count).Select(number => Example.Replace("1 + N", $"1 + {number}", StringComparison.Ordinal) + "\n"));

    private static string Lines(int count)
        => string.Concat(Enumerable.Range(1, count).Select(number => Example.Replace("N", $"{number}", StringComparison.Ordinal) + "\n"));

    private static Task<DatasetReport> InspectAsync(string text, string grader, string? format = null, DatasetRole role = DatasetRole.Training)
        => Inspection.Inspector(provider: "other").InspectAsync(
            "data.jsonl", new MemoryStream(Encoding.UTF8.GetBytes(text)), Spec, role, new ExampleIndex(),
            TestContext.Current.CancellationToken, Grader.Read(grader, format));
}
