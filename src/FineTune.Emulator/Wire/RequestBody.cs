using System.Text.Json;

namespace FineTune.Emulator.Wire;

/// <summary>A JSON request body, read leniently in form and strictly in type, with the provider's complaints.</summary>
internal static class RequestBody
{
    /// <exception cref="ApiException">400 where the body is not a JSON object.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw Unparsable();
        }
        catch (JsonException)
        {
            throw Unparsable();
        }
    }

    public static string? OptionalString(this JsonElement body, string name)
        => !body.TryGet(name, out var value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw WrongType(name, "a string", value);

    public static string RequiredString(this JsonElement body, string name)
        => body.OptionalString(name)
            ?? throw ApiException.BadRequest($"Missing required parameter: '{name}'.", name, "missing_required_parameter");

    public static JsonElement? OptionalObject(this JsonElement body, string name, JsonValueKind kind = JsonValueKind.Object)
        => !body.TryGet(name, out var value) ? null
            : value.ValueKind == kind ? value
            : throw WrongType(name, kind == JsonValueKind.Array ? "an array" : "an object", value);

    public static long? OptionalInteger(this JsonElement body, string name, long least, long most)
        => !body.TryGet(name, out var value) ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most ? number
            : throw ApiException.BadRequest($"Invalid '{name}': expected an integer from {least} to {most}.", name, "invalid_value");

    /// <summary>False for what is absent or null alike.</summary>
    public static bool TryGet(this JsonElement body, string name, out JsonElement value)
        => body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static ApiException WrongType(string name, string expected, JsonElement found) => ApiException.BadRequest(
        $"Invalid type for '{name}': expected {expected}, but got {found.ValueKind.ToString().ToLowerInvariant()} instead.",
        name,
        "invalid_type");

    private static ApiException Unparsable() => ApiException.BadRequest(
        "We could not parse the JSON body of your request. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.");
}
