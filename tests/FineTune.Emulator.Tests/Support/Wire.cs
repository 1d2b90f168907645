using System.Text.Json;
using System.Text.RegularExpressions;

namespace FineTune.Emulator.Tests;

/// <summary>Compares two answers: the same names, the same kinds, the same values but for ids, times and what a test leaves free.</summary>
internal static partial class Wire
{
    private static readonly HashSet<string> Times = ["created_at", "finished_at"];
    private static readonly HashSet<string> Organization = ["organization_id"];

    public static string? StatusOf(JsonElement job) => job.GetProperty("status").GetString();

    public static void AssertAlike(JsonElement recorded, JsonElement found, params string[] free) => Compare(recorded, found, "$", free);

    private static void Compare(JsonElement recorded, JsonElement found, string path, string[] free)
    {
        string name = path[(path.LastIndexOf('.') + 1)..];
        Assert.True(KindOf(recorded) == KindOf(found), $"{path}: recorded {recorded}, found {found}");
        if (recorded.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(Names(recorded, path), Names(found, path));
            foreach (var member in recorded.EnumerateObject())
            {
                Compare(member.Value, found.GetProperty(member.Name), $"{path}.{member.Name}", free);
            }
        }
        else if (recorded.ValueKind == JsonValueKind.Array)
        {
            Assert.True(recorded.GetArrayLength() == 0 == (found.GetArrayLength() == 0), $"{path}: one is empty, the other is not");
            foreach (var (one, other) in recorded.EnumerateArray().Zip(found.EnumerateArray()).Take(1))
            {
                Compare(one, other, path, free);
            }
        }
        else if (!Times.Contains(name) && !Organization.Contains(name) && !free.Contains(name))
        {
            Assert.True(SameScalar(recorded, found), $"{path}: recorded {recorded}, found {found}");
        }
    }

    private static string KindOf(JsonElement json)
        => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : json.ValueKind.ToString();

    private static IEnumerable<string> Names(JsonElement json, string path)
        => json.EnumerateObject().Select(p => $"{path}.{p.Name}").Order(StringComparer.Ordinal);

    private static bool SameScalar(JsonElement recorded, JsonElement found) => recorded.ValueKind switch
    {
        JsonValueKind.String => Anonymous(recorded.GetString()!) == Anonymous(found.GetString()!),
        JsonValueKind.Number => recorded.GetDouble() == found.GetDouble(),
        _ => recorded.ValueKind == found.ValueKind,
    };

    /// <summary>Ids become their prefix and length; a tuned model's organisation and id likewise.</summary>
    private static string Anonymous(string text)
        => TunedModel().Replace(Id().Replace(text, m => $"{m.Groups[1].Value}<{m.Groups[2].Length}>"), "ft:$1:<organisation>:$3:<id>");

    [GeneratedRegex("^(file-|ftjob-|ftevent-|ftckpt_)([0-9A-Za-z]+)$")]
    private static partial Regex Id();

    [GeneratedRegex("^ft:([^:]+):([^:]+):([^:]*):[0-9A-Za-z]{8}")]
    private static partial Regex TunedModel();
}
