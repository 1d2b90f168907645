using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>Reads a tool call's arguments, JSON inside a JSON string, and holds them against the schema the tool declares.</summary>
internal sealed class ArgumentChecks(ProblemLog problems)
{
    // What is wrong inside the arguments is told by one problem at the arguments themselves.
    private readonly ProblemLog _inside = new(maxKept: 0);
    private readonly SchemaCheck _schema = new();
    private JsonLine? _arguments;

    /// <param name="parameters">The schema; missing when the tool is not declared, or without one.</param>
    public void Judge(JsonValue arguments, JsonValue parameters)
    {
        _inside.Clear();
        _arguments ??= new JsonLine(_inside);
        var line = new Line(1, 0, arguments.Line.MemoryOf(arguments.Index));
        if (_arguments.Parse(line) is not null || !_arguments.Root.IsObject || line.Bytes.Span[_arguments.EndOfValue..].ContainsAnyExcept(" \t\r\n"u8))
        {
            problems.Add(ToolRules.ArgumentsNotJson, arguments);
        }
        else if (parameters.IsObject && _schema.Fault(_arguments.Root, parameters) is { } fault)
        {
            problems.Add(ToolRules.ArgumentsAgainstSchema, arguments, fault);
        }
    }
}
