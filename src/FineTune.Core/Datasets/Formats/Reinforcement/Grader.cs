using System.Text.Json;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Reinforcement;

/// <summary>What scores a model's answers in reinforcement training, and what it wants of each example. Immutable.</summary>
public sealed class Grader
{
    private readonly JsonElement _grader;
    private readonly JsonElement? _responseFormat;
    private readonly GraderTemplates _templates = new();

    private Grader(JsonElement grader, JsonElement? responseFormat)
    {
        (_grader, _responseFormat) = (grader, responseFormat);
        _templates.Read(grader);
    }

    /// <summary>The keys each example must have beside its messages, because a template names them.</summary>
    public IReadOnlyCollection<string> Fields => _templates.Fields;

    /// <param name="grader">JSON, as under <c>method.reinforcement.grader</c> of a job.</param>
    /// <param name="responseFormat">JSON, as under <c>method.reinforcement.response_format</c>; null when there is none.</param>
    /// <exception cref="InvalidDataException">One of them is not JSON.</exception>
    public static Grader Read(string grader, string? responseFormat = null)
        => new(Parse(grader, "grader"), responseFormat is null ? null : Parse(responseFormat, "response format"));

    internal void Judge(ProblemLog problems)
    {
        if (GraderShape.Fault(_grader) is { } fault)
        {
            problems.Add(ReinforcementRules.GraderWrong, "grader", fault.Place, fault.Expected);
        }

        if (_responseFormat is { } format && FaultOfFormat(format) is { } wrong)
        {
            problems.Add(ReinforcementRules.ResponseFormatWrong, "response_format", wrong.Place, wrong.Expected);
        }
        else if (_responseFormat is null && _templates.UseOutputJson)
        {
            problems.Add(ReinforcementRules.NoResponseFormat, "response_format");
        }
    }

    private static JsonElement Parse(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The {name} is not JSON: {exception.Message}", exception);
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
