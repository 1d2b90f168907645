using System.Text.Json.Nodes;
using FineTune.Datasets.Conversion;
using FsCheck.Fluent;

namespace FineTune.Core.Tests.Datasets.Conversion;

public sealed class JsonFormatTests
{
    private static readonly ConvertOptions ToChat = new() { Source = ConvertSource.Json };
    private static readonly ConvertOptions ToCompletion = ToChat with { Target = ConvertTarget.Completion, Separator = " ->", Stop = " END" };

    [Theory]
    [InlineData("""{"prompt": "q\n\n###\n\n", "completion": " a###"}""")]
    [InlineData("""{"prompt": "q", "completion": "a"}""")]
    [InlineData("""{"question": "q", "answer": "a"}""")]
    [InlineData("""{"instruction": "q", "input": "", "output": "a"}""")]
    [InlineData("""{"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]}""")]
    [InlineData("""{"contents": [{"role": "user", "parts": [{"text": "q"}]}, {"role": "model", "parts": [{"text": "a"}]}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": [{"type": "text", "text": "q"}]}, {"role": "assistant", "content": "a"}]}""")]
    public async Task Convert_WritesTheSameChat_FromEveryFormatThatSaysIt(string example)
    {
        var (lines, _) = await Converted.OfAsync($"[\n{example}\n]", ToChat);

        Assert.Equal("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", Assert.Single(lines));
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "user", "content": [{"type": "image_url"}]}, {"role": "assistant", "content": "a"}]}""", "something else than text")]
    [InlineData("""{"messages": [{"role": "user", "content": "a"}]}""", "does not end with an answer")]
    [InlineData("""{"conversations": [{"from": "narrator", "value": "q"}]}""", "speaker")]
    [InlineData("""{"messages": 5}""", "no list")]
    [InlineData("""{"prompt": [], "completion": 5}""", "no text")]
    [InlineData("""{"text": "alone"}""", "no prompt")]
    [InlineData("""{"a": 1}""", "--prompt")]
    public async Task Convert_NamesTheLineAndWritesNothing_WhenAnExampleCannotBeConverted(string example, string words)
    {
        var (lines, report) = await Converted.OfAsync(example + "\n", ToChat);

        Assert.Empty(lines);
        Assert.Contains(words, Assert.Single(report.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_RefusesAConversation_WhenACompletionCanSayOneTurnOnly()
    {
        string line = """{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}, {"role": "assistant", "content": "d"}]}""";

        Assert.Contains("several turns", Assert.Single((await Converted.OfAsync(line, ToCompletion)).Report.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_WritesALineOfTextAsACompletion_AndInventsNoPrompt()
    {
        var (lines, _) = await Converted.OfAsync("One line.\n\n Another.\r\n", ToCompletion with { Source = ConvertSource.Text });

        Assert.Equal(["""{"prompt":"","completion":" One line. END"}""", """{"prompt":"","completion":" Another. END"}"""], lines);
    }

    [Fact]
    public void Convert_GivesTheSameTextsBack_WhenChatBecomesCompletionAndChatAgain()
    {
        var pairs = from question in Law.Text from answer in Law.Text select (Question: "q" + question, Answer: answer + "a");

        Law.Holds(pairs, pair =>
        {
            string chat = new JsonObject
            {
                ["messages"] = new JsonArray(
                    new JsonObject { ["role"] = "user", ["content"] = pair.Question },
                    new JsonObject { ["role"] = "assistant", ["content"] = pair.Answer }),
            }.ToJsonString();
            string back = Assert.Single(Converted.Of(Assert.Single(Converted.Of(chat, ToCompletion)), ToChat with { Separator = " ->", Stop = " END" }));
            return JsonNode.DeepEquals(JsonNode.Parse(chat), JsonNode.Parse(back));
        });
    }
}
