using System.Text.Json;
using FineTune.Emulator.Datasets;

namespace FineTune.Emulator.Chat;

/// <summary>What an answer is looked up by: the text of the last message that is not the assistant's.</summary>
internal static class Prompt
{
    public static string Of(JsonElement messages)
    {
        string prompt = "";
        foreach (var message in messages.EnumerateArray())
        {
            if (!MessageRules.IsFromAssistant(message))
            {
                prompt = MessageText.Of(message);
            }
        }

        return prompt;
    }
}
