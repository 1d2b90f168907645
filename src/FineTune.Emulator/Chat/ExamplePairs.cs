using System.Text.Json;
using FineTune.Emulator.Datasets;

namespace FineTune.Emulator.Chat;

/// <summary>What a training example teaches: each assistant text with the message before it.</summary>
internal static class ExamplePairs
{
    public static IEnumerable<(string Prompt, string Answer)> Of(JsonElement example) => ExampleRules.FormatOf(example) switch
    {
        DatasetFormat.Chat => OfMessages(example.GetProperty("messages")),
        DatasetFormat.Preference =>
            [(Prompt.Of(example.GetProperty("input").GetProperty("messages")), MessageText.Of(example.GetProperty("preferred_output")[0]))],
        _ => [(example.GetProperty("prompt").GetString()!, example.GetProperty("completion").GetString()!)],
    };

    private static IEnumerable<(string Prompt, string Answer)> OfMessages(JsonElement messages)
    {
        string prompt = "";
        foreach (var message in messages.EnumerateArray())
        {
            string text = MessageText.Of(message);
            if (!MessageRules.IsFromAssistant(message))
            {
                prompt = text;
            }
            else if (text.Length > 0)
            {
                yield return (prompt, text);
            }
        }
    }
}
