using System.Text;
using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>About four and a half bytes a token, as English has, four tokens a message and three an example: near enough to bill a simulation.</summary>
internal static class TokenEstimate
{
    public static int OfText(string text) => OfBytes(Encoding.UTF8.GetByteCount(text));

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
            tokens += message.TryGetProperty("tool_calls", out var calls) ? OfBytes(calls.GetRawText().Length) : 0;
        }

        return tokens;
    }

    private static int OfBytes(int bytes) => ((2 * bytes) + 8) / 9;
}
