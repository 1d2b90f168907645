using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>The provider's schema for declared tools and for calls of them.</summary>
internal static class ToolRules
{
    private const int MostTools = 128;

    /// <summary>The first problem of an example's declarations, as the rest of a sentence, or null.</summary>
    public static string? DeclarationsProblem(JsonElement example)
    {
        if (example.TryGetProperty("parallel_tool_calls", out var parallel) && parallel.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return "key \"parallel_tool_calls\": expected True or False";
        }

        return Declared(example, "tools", tool => IsFunction(tool) ? tool.GetProperty("function") : null)
            ?? Declared(example, "functions", function => function);
    }

    /// <summary>Whether a call names a function that is declared; true when nothing is declared.</summary>
    public static string? UndeclaredCall(JsonElement owner, JsonElement messages)
    {
        HashSet<string> names = [.. Names(owner, "tools", "function"), .. Names(owner, "functions", null)];
        bool isDeclared = names.Count == 0 || Calls(messages).All(call => names.Contains(call));
        return isDeclared ? null : "a tool call names a function that is not declared";
    }

    public static string? CallProblem(JsonElement call, HashSet<string> open)
    {
        bool isCall = call.ValueKind == JsonValueKind.Object
            && IsFunction(call)
            && HasText(call, "id")
            && HasText(call.GetProperty("function"), "name")
            && call.GetProperty("function").TryGetProperty("arguments", out var arguments)
            && arguments.ValueKind == JsonValueKind.String
            && IsJsonObject(arguments.GetString()!);
        return !isCall ? "key \"tool_calls\": expected id, type and function with name and JSON arguments"
            : open.Add(call.GetProperty("id").GetString()!) ? null
            : "key \"tool_calls\": an id is used twice";
    }

    private static string? Declared(JsonElement example, string key, Func<JsonElement, JsonElement?> functionOf)
    {
        if (!example.TryGetProperty(key, out var tools))
        {
            return null;
        }

        if (tools.ValueKind != JsonValueKind.Array || tools.GetArrayLength() is 0 or > MostTools)
        {
            return $"key \"{key}\": expected an array of 1 to {MostTools} declarations";
        }

        var names = new HashSet<string>();
        foreach (var tool in tools.EnumerateArray())
        {
            if (tool.ValueKind != JsonValueKind.Object || functionOf(tool) is not { } function || !IsDeclaration(function)
                || !names.Add(function.GetProperty("name").GetString()!))
            {
                return $"key \"{key}\": a declaration is not valid, or there twice";
            }
        }

        return null;
    }

    private static bool IsDeclaration(JsonElement function)
        => function.TryGetProperty("name", out var name) && NameRules.IsName(name)
            && (!function.TryGetProperty("description", out var description) || description.ValueKind == JsonValueKind.String)
            && (!function.TryGetProperty("parameters", out var parameters) || parameters.ValueKind == JsonValueKind.Object);

    private static bool IsFunction(JsonElement tool)
        => tool.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("function")
            && tool.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object;

    private static bool HasText(JsonElement owner, string key)
        => owner.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0;

    private static bool IsJsonObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Names(JsonElement example, string key, string? inside)
        => !example.TryGetProperty(key, out var tools) ? []
            : tools.EnumerateArray().Select(tool => (inside is null ? tool : tool.GetProperty(inside)).GetProperty("name").GetString()!);

    private static IEnumerable<string> Calls(JsonElement messages)
        => from message in messages.EnumerateArray()
           where message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array
           from call in message.GetProperty("tool_calls").EnumerateArray()
           select call.GetProperty("function").GetProperty("name").GetString()!;
}
