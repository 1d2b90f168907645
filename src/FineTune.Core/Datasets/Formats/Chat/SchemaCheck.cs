using System.Buffers.Text;
using System.Text.Json;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>
/// Holds a value against a JSON schema as tools declare them: <c>type, enum, const, properties, required, additionalProperties, items,
/// minItems, maxItems, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, anyOf, oneOf, allOf</c>. Other
/// keywords (<c>$ref, not, if, pattern, format</c>) let everything pass. Neither side is deeper than a line may be, which bounds the
/// recursion, and a schema that asks for more than a million comparisons lets the rest pass.
/// </summary>
internal sealed class SchemaCheck
{
    private const int MostSteps = 1_000_000;

    private int _steps;

    /// <summary>Null when the value is as the schema wants it, otherwise what is wrong, without the value.</summary>
    public string? Fault(JsonValue value, JsonValue schema)
    {
        _steps = 0;
        return FaultIn(value, schema);
    }

    private static string Name(JsonValue value) => FieldPath.Of(value) ?? "the whole";

    // Looking something up costs as much as there is in it.
    private bool Spend(JsonValue container)
        => (_steps += container.IsMissing ? 1 : container.Line[container.Index].Next - container.Index) <= MostSteps;

    private string? FaultIn(JsonValue value, JsonValue schema)
    {
        if (!Spend(schema))
        {
            return null;
        }

        if (!schema.IsObject)
        {
            return !schema.IsMissing && schema.Kind == JsonTokenType.False ? $"{Name(value)} is not declared" : null;
        }

        return FaultOfType(value, schema)
            ?? FaultOfChoice(value, schema)
            ?? (value.IsObject ? FaultOfProperties(value, schema) : null)
            ?? (value.IsArray ? FaultOfItems(value, schema) : null)
            ?? (value.IsString ? FaultOfSize(value, Characters(value), schema.Get("minLength"u8), schema.Get("maxLength"u8), "characters") : null)
            ?? FaultOfRange(value, schema)
            ?? FaultOfAlternatives(value, schema);
    }

    private static string? FaultOfType(JsonValue value, JsonValue schema)
    {
        var type = schema.Get("type"u8);
        bool fits = type.IsMissing || (type.IsString && IsOfType(value, type)) || (!type.IsString && !type.IsArray);
        foreach (var one in type.IsArray ? type.Items : default)
        {
            fits |= one.IsString && IsOfType(value, one);
        }

        return fits ? null : $"{Name(value)} is {Quote.Kind(value)}, which the declared type is not";
    }

    private static bool IsOfType(JsonValue value, JsonValue type) => type.Text switch
    {
        var word when word.SequenceEqual("string"u8) => value.IsString,
        var word when word.SequenceEqual("number"u8) => value.Kind == JsonTokenType.Number,
        var word when word.SequenceEqual("integer"u8) => Number(value) is { } number && Math.Floor(number) == number,
        var word when word.SequenceEqual("boolean"u8) => value.IsBoolean,
        var word when word.SequenceEqual("object"u8) => value.IsObject,
        var word when word.SequenceEqual("array"u8) => value.IsArray,
        var word when word.SequenceEqual("null"u8) => value.Kind == JsonTokenType.Null,
        _ => true,
    };

    private string? FaultOfChoice(JsonValue value, JsonValue schema)
    {
        var constant = schema.Get("const"u8);
        if (!constant.IsMissing && !AreSame(value, constant))
        {
            return $"{Name(value)} is not the one value declared";
        }

        var choices = schema.Get("enum"u8);
        bool fits = !choices.IsArray;
        foreach (var choice in choices.IsArray ? choices.Items : default)
        {
            fits |= AreSame(value, choice);
        }

        return fits ? null : $"{Name(value)} is none of the values declared";
    }

    private bool AreSame(JsonValue left, JsonValue right)
        => left.Kind == right.Kind
            && (left.IsString ? left.Text.SequenceEqual(right.Text)
                : Number(left) is { } number ? number == Number(right)
                : Spend(left) && Spend(right) && left.Fingerprint == right.Fingerprint);

    private string? FaultOfProperties(JsonValue value, JsonValue schema)
    {
        var required = schema.Get("required"u8);
        foreach (var name in required.IsArray ? required.Items : default)
        {
            if (name.IsString && Spend(value) && value.Get(name.Text).IsMissing)
            {
                return $"{Quote.Key(name.Text)} is missing in {Name(value)}";
            }
        }

        var properties = schema.Get("properties"u8);
        var others = schema.Get("patternProperties"u8).IsMissing ? schema.Get("additionalProperties"u8) : default;
        foreach (var (name, item) in value.Properties)
        {
            var declared = properties.IsObject && Spend(properties) ? properties.Get(name.Text) : default;
            if (FaultIn(item, declared.IsMissing ? others : declared) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? FaultOfItems(JsonValue value, JsonValue schema)
    {
        int count = 0;
        var items = schema.Get("items"u8);
        foreach (var item in value.Items)
        {
            count++;
            if (!items.IsMissing && FaultIn(item, items) is { } fault)
            {
                return fault;
            }
        }

        return FaultOfSize(value, count, schema.Get("minItems"u8), schema.Get("maxItems"u8), "items");
    }

    private static string? FaultOfSize(JsonValue value, int size, JsonValue least, JsonValue most, string of)
        => size < Number(least) ? $"{Name(value)} has fewer {of} than declared"
            : size > Number(most) ? $"{Name(value)} has more {of} than declared"
            : null;

    private static string? FaultOfRange(JsonValue value, JsonValue schema)
    {
        if (Number(value) is not { } number)
        {
            return null;
        }

        bool isOutside = number < Number(schema.Get("minimum"u8)) || number > Number(schema.Get("maximum"u8))
            || number <= Number(schema.Get("exclusiveMinimum"u8)) || number >= Number(schema.Get("exclusiveMaximum"u8));
        return isOutside ? $"{Name(value)} is outside of the declared range" : null;
    }

    private string? FaultOfAlternatives(JsonValue value, JsonValue schema)
    {
        var all = schema.Get("allOf"u8);
        foreach (var each in all.IsArray ? all.Items : default)
        {
            if (FaultIn(value, each) is { } fault)
            {
                return fault;
            }
        }

        return FitsOneOf(value, schema.Get("anyOf"u8)) && FitsOneOf(value, schema.Get("oneOf"u8))
            ? null
            : $"{Name(value)} fits none of the alternatives declared";
    }

    private bool FitsOneOf(JsonValue value, JsonValue alternatives)
    {
        bool fits = !alternatives.IsArray || alternatives.IsEmptyArray;
        foreach (var alternative in alternatives.IsArray ? alternatives.Items : default)
        {
            fits = fits || FaultIn(value, alternative) is null;
        }

        return fits;
    }

    private static int Characters(JsonValue text) => System.Text.Encoding.UTF8.GetCharCount(text.Text);

    private static double? Number(JsonValue value)
        => !value.IsMissing && value.Kind == JsonTokenType.Number && Utf8Parser.TryParse(value.Text, out double number, out _) ? number : null;
}
