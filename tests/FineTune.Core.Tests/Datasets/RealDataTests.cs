using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FineTune.Core.Tests.Datasets;

public sealed class RealDataTests
{
    [Fact]
    public async Task InspectAsync_FindsNothingWrong_WhenSevenThousandRealQuestionsAreConvertedToChat()
    {
        string? path = Repository.FindSharedData("gsm8k", "train.jsonl");
        Assert.SkipWhen(path is null, "The shared data is not beside the project.");
        string[] questions = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);

        var report = await Inspection.OfAsync(string.Concat(questions.Select(ToChat)));

        Assert.Empty(report.Problems.Select(problem => (problem.Code, problem.Line)));
        Assert.Equal((7_473, 14_946L), (report.Examples, report.Messages));
        Assert.Equal(report.Tokens!.Dataset.Low, report.Tokens.Dataset.High);
    }

    private static string ToChat(string line)
    {
        var question = JsonNode.Parse(line)!;
        var chat = new StringBuilder("{\"messages\": [{\"role\": \"user\", \"content\": ");
        chat.Append(JsonSerializer.Serialize((string)question["question"]!));
        chat.Append("}, {\"role\": \"assistant\", \"content\": ");
        chat.Append(JsonSerializer.Serialize((string)question["answer"]!));
        return chat.Append("}]}\n").ToString();
    }
}
