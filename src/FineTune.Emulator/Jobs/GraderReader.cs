using System.Text.Json;
using System.Text.RegularExpressions;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>The grader of a reinforcement job: accepted as it is, or refused with the place that is wrong.</summary>
internal static partial class GraderReader
{
    private const string Param = "method.reinforcement.grader";
    private const int MostCode = 256_000;

    private static readonly HashSet<string> Comparisons = ["eq", "ne", "like", "ilike"];

    private static readonly HashSet<string> Metrics =
        ["cosine", "fuzzy_match", "bleu", "gleu", "meteor", "rouge_1", "rouge_2", "rouge_3", "rouge_4", "rouge_5", "rouge_l"];

    /// <param name="block">The job's <c>method.reinforcement</c>.</param>
    /// <exception cref="ApiException">400 where there is none, or none that could grade.</exception>
    public static JsonElement Read(JsonElement? block)
    {
        if (block?.OptionalObject("grader") is not { } grader)
        {
            throw ApiException.BadRequest($"Missing required parameter: '{Param}'.", Param, "missing_required_parameter");
        }

        Check(grader, Param, isPart: false);
        if (block.Value.OptionalObject("response_format") is null && AnswerAsJson().IsMatch(grader.GetRawText()))
        {
            throw Invalid(Param, "sample.output_json needs a 'response_format'");
        }

        return grader;
    }

    /// <summary>The keys of an example that the templates of a grader name.</summary>
    public static IEnumerable<string> ItemKeys(JsonElement grader)
        => ItemKey().Matches(grader.GetRawText()).Select(match => match.Groups["key"].Value).Distinct();

    private static void Check(JsonElement grader, string place, bool isPart)
    {
        switch (grader.RequiredString("type"))
        {
            case "string_check":
                RequireTexts(grader, "input", "reference");
                RequireOneOf(grader, "operation", Comparisons, place);
                break;
            case "text_similarity":
                RequireTexts(grader, "input", "reference");
                RequireOneOf(grader, "evaluation_metric", Metrics, place);
                break;
            case "python" when System.Text.Encoding.UTF8.GetByteCount(grader.RequiredString("source")) < MostCode:
                break;
            case "score_model" when HasList(grader, "input"):
                RequireTexts(grader, "model");
                break;
            case "label_model" when isPart && HasList(grader, "input") && HasList(grader, "labels") && HasList(grader, "passing_labels"):
                RequireTexts(grader, "model");
                break;
            case "multi" when !isPart && grader.OptionalObject("graders") is { } parts && parts.EnumerateObject().Any():
                RequireTexts(grader, "calculate_output");
                parts.EnumerateObject().ToList().ForEach(part => Check(part.Value, $"{place}.graders.{part.Name}", isPart: true));
                break;
            default:
                throw Invalid(place, "it is not complete, or of no type that is allowed here");
        }
    }

    private static void RequireTexts(JsonElement grader, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            grader.RequiredString(name);
        }
    }

    private static void RequireOneOf(JsonElement grader, string name, HashSet<string> words, string place)
    {
        if (!words.Contains(grader.RequiredString(name)))
        {
            throw Invalid($"{place}.{name}", $"expected one of {string.Join(", ", words)}");
        }
    }

    private static bool HasList(JsonElement grader, string name) => grader.OptionalObject(name, JsonValueKind.Array) is not null;

    private static ApiException Invalid(string place, string why) => ApiException.BadRequest($"Invalid grader at '{place}': {why}.", place, "invalid_grader");

    [GeneratedRegex(@"\{\{\s*sample\s*\.\s*output_json\b", RegexOptions.NonBacktracking)]
    private static partial Regex AnswerAsJson();

    [GeneratedRegex(@"\{\{\s*item\s*\.\s*(?<key>[A-Za-z0-9_]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ItemKey();
}
