using System.Text;
using System.Text.Json.Nodes;

namespace FineTune.Simulation.Tests;

/// <summary>Small chat datasets, in every line of which is a phrase that must not come out anywhere.</summary>
internal static class ChatDataset
{
    public const string Canary = "canary-in-the-data-7Qv2";

    /// <param name="topic">Datasets on different topics have different bytes.</param>
    public static string On(string topic, int examples = 12)
    {
        StringBuilder lines = new();
        for (int i = 1; i <= examples; i++)
        {
            lines.Append(Line($"How does {topic} number {i} work?", $"Turn {Canary} number {i} of {topic} to the left.")).Append('\n');
        }

        return lines.ToString();
    }

    private static string Line(string question, string answer) => new JsonObject
    {
        ["messages"] = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = question },
            new JsonObject { ["role"] = "assistant", ["content"] = answer }),
    }.ToJsonString();
}
