using System.Text.Json;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Reinforcement;

/// <summary>What scores a model's answers in reinforcement training, and what it wants of each example. Immutable.</summary>
public sealed class Grader
{
    // The provider reads 64 levels, and a job's body puts three around the grader.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 60, AllowDuplicateProperties = false };

    private readonly GraderTemplates _templates = new();

    private Grader(JsonElement json, JsonElement? responseFormat)
    {
        (Json, ResponseFormat) = (json, responseFormat);
        _templates.Read(json);
        Sha256 = CanonicalJson.HashOf(json, responseFormat);
    }

    /// <summary>As under <c>method.reinforcement.grader</c> of a job.</summary>
    public JsonElement Json { get; }

    /// <summary>As under <c>method.reinforcement.response_format</c>; null when there is none.</summary>
    public JsonElement? ResponseFormat { get; }

    /// <summary>Lower-case hex; the same however the grader's JSON is spaced and ordered.</summary>
    public string Sha256 { get; }

    /// <summary>The keys each example must have beside its messages, because a template names them.</summary>
    public IReadOnlyCollection<string> Fields => _templates.Fields;

    /// <exception cref="InvalidDataException">One of them is not JSON, too deep, or has a key twice or half a character.</exception>
    public static Grader Read(string grader, string? responseFormat = null)
    {
        try
        {
            return new(Parse(grader, "grader"), responseFormat is null ? null : Parse(responseFormat, "response format"));
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException("The grader or its response format has half of a character in a text: \\ud83d without its other half, or the like.", exception);
        }
    }

    internal void Judge(ProblemLog problems)
    {
        if (GraderShape.Fault(Json) is { } fault)
        {
            problems.Add(ReinforcementRules.GraderWrong, "grader", fault.Place, fault.Expected);
        }

        if (_templates.ReferElsewhere)
        {
            problems.Add(ReinforcementRules.TemplateUnknown, "grader");
        }

        if (ResponseFormat is { } format && FaultOfFormat(format) is { } wrong)
        {
            problems.Add(ReinforcementRules.ResponseFormatWrong, "response_format", wrong.Place, wrong.Expected);
        }
        else if (ResponseFormat is null && _templates.UseOutputJson)
        {
            problems.Add(ReinforcementRules.NoResponseFormat, "response_format");
        }
    }

    private static JsonElement Parse(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The {name} cannot be read as JSON: {exception.Message}", exception);
        }
    }

    private static (string Place, string Expected)? FaultOfFormat(JsonElement format)
    {
        if (!GraderShape.Is(format, "type", "json_schema"))
        {
            return ("type", "expected json_schema");
        }

        bool isSchema = format.TryGetProperty("json_schema", out var schema) && schema.ValueKind == JsonValueKind.Object
            && GraderShape.Has(schema, "name", JsonValueKind.String) && GraderShape.Has(schema, "schema", JsonValueKind.Object);
        return isSchema ? null : ("json_schema", "expected an object with name and schema");
    }
}
