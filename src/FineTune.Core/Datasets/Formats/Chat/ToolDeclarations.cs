using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>The tools an example declares, and what a declaration must be.</summary>
internal sealed class ToolDeclarations(ProblemLog problems, ExampleTokens tokens)
{
    private const int MostPerExample = 128;

    private readonly Dictionary<ulong, JsonValue> _parameters = [];

    /// <summary>Whether the example declares tools at all.</summary>
    public bool Any => _parameters.Count > 0;

    public bool Contains(JsonValue name) => _parameters.ContainsKey(Fingerprint.Of(name.Text));

    /// <summary>The schema of a function's arguments; missing when it has none.</summary>
    public JsonValue ParametersOf(JsonValue name) => name.IsString ? _parameters.GetValueOrDefault(Fingerprint.Of(name.Text)) : default;

    public void Read(JsonValue tools, JsonValue functions)
    {
        _parameters.Clear();
        ReadArray(tools, "tools", areBare: false);
        ReadArray(functions, "functions", areBare: true);
    }

    private void ReadArray(JsonValue declarations, string key, bool areBare)
    {
        if (declarations.IsMissing)
        {
            return;
        }

        if (!declarations.IsArray || declarations.IsEmptyArray)
        {
            problems.Add(ToolRules.ToolsNotArray, declarations, Quote.Kind(declarations), key);
            return;
        }

        int count = 0;
        int least = 0;
        foreach (var declaration in declarations.Items)
        {
            count++;
            least += ReadDeclaration(declaration, areBare);
        }

        if (count > MostPerExample)
        {
            problems.Add(ToolRules.TooManyTools, declarations, count);
        }

        tokens.AddRewritten(least, declarations.Written);
    }

    // Returns the fewest tokens it can take: its name and description, however the rest is rewritten.
    private int ReadDeclaration(JsonValue declaration, bool isBare)
    {
        if (!declaration.IsObject)
        {
            problems.Add(ToolRules.ToolWrong, declaration, Quote.Kind(declaration), "declaration", "an object");
            return 0;
        }

        if (isBare)
        {
            return ReadFunction(declaration);
        }

        var type = declaration.Get("type"u8);
        if (!type.Is("function"u8))
        {
            problems.Add(ToolRules.ToolWrong, type.IsMissing ? declaration : type, Quote.Word(type, "custom"), "type", "\"function\"");
        }

        var function = declaration.Get("function"u8);
        if (function.IsObject)
        {
            return ReadFunction(function);
        }

        problems.Add(ToolRules.ToolWrong, function.IsMissing ? declaration : function, Quote.Kind(function), "function", "an object");
        return 0;
    }

    private int ReadFunction(JsonValue function)
    {
        var name = function.Get("name"u8);
        if (Identifier.Fault(name) is { } fault)
        {
            problems.Add(ToolRules.ToolNameWrong, name.IsMissing ? function : name, fault);
        }
        else if (!_parameters.TryAdd(Fingerprint.Of(name.Text), function.Get("parameters"u8)))
        {
            problems.Add(ToolRules.ToolRepeated, name);
        }

        var description = function.Get("description"u8);
        Require(description.IsMissing || description.IsString, description, "description", "a string");
        var parameters = function.Get("parameters"u8);
        Require(parameters.IsMissing || parameters.IsObject, parameters, "parameters", "a JSON schema, an object");
        var strict = function.Get("strict"u8);
        Require(strict.IsNothing || strict.IsBoolean, strict, "strict", "true or false");
        return (name.IsString ? tokens.Count(name.Text) : 0) + (description.IsString ? tokens.Count(description.Text) : 0);
    }

    private void Require(bool isRight, JsonValue value, string key, string expected)
    {
        if (!isRight)
        {
            problems.Add(ToolRules.ToolWrong, value, Quote.Kind(value), key, expected);
        }
    }
}
