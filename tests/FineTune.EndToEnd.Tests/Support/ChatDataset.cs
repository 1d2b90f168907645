using System.Text;
using System.Text.Json.Nodes;

namespace FineTune.EndToEnd.Tests;

/// <summary>Small datasets that can be trained on.</summary>
internal static class ChatDataset
{
    /// <param name="topic">In every line, so that datasets on different topics have different bytes.</param>
    public static string On(string topic, int examples = 12)
    {
        StringBuilder lines = new();
        for (int i = 1; i <= examples; i++)
        {
            lines.AppendLine(Line($"How does {topic} number {i} work?", $"Turn {topic} number {i} to the left and count to {i}."));
        }

        return lines.ToString();
    }

    public static string Line(string question, string answer) => new JsonObject
    {
        ["messages"] = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = question },
            new JsonObject { ["role"] = "assistant", ["content"] = answer }),
    }.ToJsonString();
}
