using System.Text;
using System.Text.Json;

namespace FineTune.Datasets.Formats.Reinforcement;

/// <summary>What each type of grader must have. A name is not asked for: the provider's own examples go without.</summary>
internal static class GraderShape
{
    private const int MostCode = 256_000;

    private static readonly string[] Operations = ["eq", "ne", "like", "ilike"];

    private static readonly string[] Metrics =
    [
        "cosine", "fuzzy_match", "bleu", "gleu", "meteor", "rouge_1", "rouge_2", "rouge_3", "rouge_4", "rouge_5", "rouge_l",
    ];

    /// <summary>Null when the grader is complete, otherwise the first place that is not, and what belongs there.</summary>
    public static (string Place, string Expected)? Fault(JsonElement grader)
    {
        if (grader.ValueKind != JsonValueKind.Object)
        {
            return ("JSON", "expected an object with a type");
        }

        return (grader.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
        {
            "string_check" => Text(grader, "input") ?? Text(grader, "reference") ?? OneOf(grader, "operation", Operations),
            "text_similarity" => Text(grader, "input") ?? Text(grader, "reference") ?? OneOf(grader, "evaluation_metric", Metrics),
            "python" => Text(grader, "source") ?? FaultOfCode(grader),
            "score_model" => Text(grader, "model") ?? List(grader, "input"),
            "multi" => FaultOfMany(grader) ?? Text(grader, "calculate_output"),
            _ => ("type", "expected string_check, text_similarity, python, score_model or multi"),
        };
    }

    public static bool Has(JsonElement owner, string key, JsonValueKind kind)
        => owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(key, out var value) && value.ValueKind == kind;

    public static bool Is(JsonElement owner, string key, string word)
        => Has(owner, key, JsonValueKind.String) && owner.GetProperty(key).ValueEquals(word);

    private static (string Place, string Expected)? Text(JsonElement grader, string key)
        => Has(grader, key, JsonValueKind.String) ? null : (key, "expected a string");

    private static (string Place, string Expected)? List(JsonElement grader, string key)
        => Has(grader, key, JsonValueKind.Array) ? null : (key, "expected an array");

    private static (string Place, string Expected)? FaultOfCode(JsonElement grader)
        => Encoding.UTF8.GetByteCount(grader.GetProperty("source").GetString()!) < MostCode ? null : ("source", "expected less than 256 kB of code");

    private static (string Place, string Expected)? OneOf(JsonElement grader, string key, string[] words)
        => words.Any(word => Is(grader, key, word)) ? null : (key, "expected one of " + string.Join(", ", words));

    private static (string Place, string Expected)? FaultOfMany(JsonElement grader)
    {
        if (!Has(grader, "graders", JsonValueKind.Object) || !grader.GetProperty("graders").EnumerateObject().Any())
        {
            return ("graders", "expected an object of graders by name");
        }

        foreach (var part in grader.GetProperty("graders").EnumerateObject())
        {
            if (Is(part.Value, "type", "multi") || FaultOfPart(part.Value) is not null)
            {
                return ($"graders.{part.Name}", "expected a complete grader of another type than multi");
            }
        }

        return null;
    }

    /// <summary>A grader that puts answers into classes has no number of its own: it comes inside others only.</summary>
    private static (string Place, string Expected)? FaultOfPart(JsonElement part) => Is(part, "type", "label_model")
        ? Text(part, "model") ?? List(part, "input") ?? List(part, "labels") ?? List(part, "passing_labels")
        : Fault(part);
}
