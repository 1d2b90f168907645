using System.Text;
using System.Text.Json.Nodes;
using FineTune.Emulator;
using FineTune.Operations;

namespace FineTune.EndToEnd.Tests;

/// <summary>The main job on 7,473 real questions and answers, where they are at hand.</summary>
public sealed class RealDataTests
{
    /// <summary>
    /// From npm's tiktoken 1.0.22, by the published rule (3 an example, 3 a message, and the tokens of role and content):
    /// <code>
    /// for (const line of readFileSync("train.jsonl", "utf8").trim().split("\n")) {
    ///   const { question, answer } = JSON.parse(line);
    ///   total += 3 + 3 + n("user") + n(question) + 3 + n("assistant") + n(answer); // n = text => get_encoding("o200k_base").encode_ordinary(text).length
    /// }
    /// </code>
    /// </summary>
    private const long TokensByTiktoken = 1_252_605;

    [Fact]
    public async Task Run_CountsWhatTiktokenCounts_WhenTheDatasetIsReal()
    {
        string? source = Repository.FindSharedData("gsm8k", "train.jsonl");
        Assert.SkipWhen(source is null, "The shared data is not beside the repository.");
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions { Speed = 1_000 });

        RunView run = (await scene.FineTuneAsync("run", scene.Write("gsm8k.jsonl", ToChat(source)), "--json")).ExitsWith(0).Run;

        Assert.Equal((7_473, TokensByTiktoken), (run.Examples, run.Tokens));
        await Books.AgreeOnSuccessAsync(scene, run);
    }

    private static string ToChat(string path)
    {
        StringBuilder lines = new();
        foreach (string line in File.ReadLines(path))
        {
            JsonNode pair = JsonNode.Parse(line)!;
            lines.AppendLine(ChatDataset.Line((string)pair["question"]!, (string)pair["answer"]!));
        }

        return lines.ToString();
    }
}
