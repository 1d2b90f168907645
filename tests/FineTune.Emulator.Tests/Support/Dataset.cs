using System.Text.Json;

namespace FineTune.Emulator.Tests;

/// <summary>Small datasets in each format.</summary>
internal static class Dataset
{
    public static string Chat(int examples = 12, string topic = "apples") => Lines(examples, i => new
    {
        messages = new object[]
        {
            new { role = "system", content = "You count." },
            new { role = "user", content = $"How many {topic} are {i} and {i}?" },
            new { role = "assistant", content = $"{i + i} {topic}" },
        },
    });

    public static string Completion(int examples = 12) => Lines(examples, i => new { prompt = $"{i} ->", completion = $" {i + 1}" });

    public static string Preference(int examples = 12) => Lines(examples, i => new
    {
        input = new { messages = new[] { new { role = "user", content = $"Greet {i}" } } },
        preferred_output = new[] { new { role = "assistant", content = "Good day." } },
        non_preferred_output = new[] { new { role = "assistant", content = "Hey." } },
    });

    /// <summary>Chat examples that end with the user, as reinforcement takes them.</summary>
    public static string Prompts(int examples = 12)
        => Lines(examples, i => new { messages = new[] { new { role = "user", content = $"Count to {i}" } }, answer = i });

    /// <summary>For <see cref="Prompts"/>.</summary>
    public static object Grader { get; }
        = new { type = "string_check", name = "same", input = "{{sample.output_text}}", reference = "{{item.answer}}", operation = "eq" };

    private static string Lines(int count, Func<int, object> example)
        => string.Concat(Enumerable.Range(0, count).Select(i => JsonSerializer.Serialize(example(i)) + "\n"));
}
