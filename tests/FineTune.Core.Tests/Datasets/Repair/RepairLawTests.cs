using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Datasets.Reading;
using FsCheck;
using FsCheck.Fluent;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace FineTune.Core.Tests.Datasets.Repair;

public sealed class RepairLawTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Gen<string> Fragments = Gen.OneOf(
        Gen.Elements(
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "\r\n", " ", "\t", "\uFEFF", "1", "True", "None", "'", "\u0001",
            "\"a\"", "\"messages\"", "\"role\"", "\"User\"", "\"weight\"", "null", "true", "\"content\"", "\"a\": 1, \"a\": 1,"),
        Gen.Constant(Inspection.GoodLine),
        Gen.Constant("{\"messages\": [{\"weight\": 1, \"role\": \"USER\", \"weight\": 1}]}\n"));

    private static readonly Gen<string> Objects =
        from key in Law.Text
        from value in Law.Text
        from number in Gen.Choose(0, 9)
        select new JsonObject { ["k" + key] = value, ["list"] = new JsonArray(number, value, new JsonObject { ["deep"] = key }) }.ToJsonString();

    private static readonly Gen<Func<string[], string>> Layouts = Gen.Elements<Func<string[], string>>(
        lines => string.Join("\r\n\r\n", lines),
        lines => "\uFEFF" + string.Join(",\n", lines) + ",\n",
        lines => "[" + string.Join(" ,\n ", lines) + "]",
        lines => string.Join("\n", lines.Select(Pretty)),
        lines => "[\n" + string.Join(",\n", lines.Select(Pretty)) + "\n]\n",
        lines => string.Concat(lines),
        lines => "  " + string.Join("\t\n  ", lines.Select(line => line[..^1] + ",}")));

    [Fact]
    public void Fix_ChangesNothingMore_WhenWhatItWroteIsMendedAgain()
        => Law.Holds(Fragments.ListOf().Select(string.Concat), text => Mend(text) is not { } once || once == Mend(once), tries: 2_000);

    [Fact]
    public void Fix_KeepsEveryExampleAndItsMeaning_HoweverTheyAreLaidOut()
        => Law.Holds(
            from objects in Objects.NonEmptyListOf()
            from layout in Layouts
            select (Objects: objects.ToArray(), Text: layout([.. objects])),
            one => Mend(one.Text)!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Zip(one.Objects).All(Same)
                && Mend(one.Text)!.Count(character => character == '\n') == one.Objects.Length);

    private static bool Same((string Fixed, string Meant) pair) => JsonNode.DeepEquals(JsonNode.Parse(pair.Fixed), JsonNode.Parse(pair.Meant));

    private static string Pretty(string json) => JsonNode.Parse(json)!.ToJsonString(Indented);

    private static string? Mend(string text)
    {
        try
        {
            return Fix.Of(text).Text;
        }
        catch (UnreadableDatasetException)
        {
            return null;
        }
    }
}
