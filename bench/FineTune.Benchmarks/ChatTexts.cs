using System.Text;
using System.Text.Json;

namespace FineTune.Benchmarks;

/// <summary>What is counted: every text of a dataset as its own call, as the dataset reader does.</summary>
internal static class ChatTexts
{
    private const string Default = "../shared/data/gsm8k/train.jsonl";

    public static byte[][] Find()
    {
        string path = Path.Combine(Repository.Root, Default);
        return File.Exists(path)
            ? Read(path)
            : throw new FileNotFoundException($"There is no {path}. Name a JSONL file on the command line; all its strings are counted.");
    }

    /// <summary>Every string value of every line.</summary>
    public static byte[][] Read(string path) => [.. File.ReadLines(path).SelectMany(Strings)];

    private static IEnumerable<byte[]> Strings(string line)
    {
        using var document = JsonDocument.Parse(line);
        return [.. Strings(document.RootElement).Select(Encoding.UTF8.GetBytes)];
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Strings(property.Value)),
        _ => [],
    };
}
