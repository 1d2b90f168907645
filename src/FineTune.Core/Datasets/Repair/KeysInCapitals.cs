using System.Text;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Repair;

/// <summary>Finds keys of the formats that are written in capitals, such as <c>Messages</c> and <c>Role</c>, and have no twin in small letters.</summary>
internal static class KeysInCapitals
{
    private static readonly string[] OfExample = ["messages", "tools", "prompt", "completion", "input", "preferred_output", "non_preferred_output"];
    private static readonly string[] OfMessage = ["role", "content", "name", "weight", "tool_calls", "tool_call_id"];

    public static void FindInExample(JsonValue example, LineEdits edits) => Find(example, OfExample, edits);

    public static void FindInMessage(JsonValue message, LineEdits edits) => Find(message, OfMessage, edits);

    private static void Find(JsonValue container, string[] keys, LineEdits edits)
    {
        foreach (var (name, _) in container.Properties)
        {
            string? meant = MeantBy(name.Text, keys);
            if (meant is not null && container.Get(Encoding.ASCII.GetBytes(meant)).IsMissing)
            {
                edits.Replace(name.Start + 1, name.Start + 1 + name.Written.Length, Encoding.ASCII.GetBytes(meant), Repairs.KeyCase);
            }
        }
    }

    private static string? MeantBy(ReadOnlySpan<byte> name, string[] keys)
    {
        foreach (string key in keys)
        {
            if (Ascii.EqualsIgnoreCase(name, key) && !name.SequenceEqual(Encoding.ASCII.GetBytes(key)))
            {
                return key;
            }
        }

        return null;
    }
}
