using System.Text;
using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>About four bytes a token, four tokens a message and three an example: near enough to bill a simulation.</summary>
internal static class TokenEstimate
{
    public static int OfText(string text) => (Encoding.UTF8.GetByteCount(text) + 3) / 4;

    public static long OfExample(DatasetFormat format, JsonElement example) => format switch
    {
        DatasetFormat.Chat => 3 + OfMessages(example.GetProperty("messages")),
        DatasetFormat.Preference => 3 + OfMessages(example.GetProperty("input").GetProperty("messages"))
            + OfMessages(example.GetProperty("preferred_output")) + OfMessages(example.GetProperty("non_preferred_output")),
        _ => OfText(example.GetProperty("prompt").GetString()!) + OfText(example.GetProperty("completion").GetString()!),
    };

    public static long OfMessages(JsonElement messages)
    {
        long tokens = 0;
        foreach (var message in messages.EnumerateArray())
        {
            tokens += 4 + OfText(MessageText.Of(message));
            tokens += message.TryGetProperty("tool_calls", out var calls) ? (calls.GetRawText().Length + 3) / 4 : 0;
        }

        return tokens;
    }
}
