using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FineTune.Datasets.Reading;

/// <summary>Names a place in an example the way a person would: <c>messages[2].role</c>.</summary>
internal static class FieldPath
{
    /// <summary>Null for the example itself.</summary>
    public static string? Of(JsonValue value)
    {
        var path = new StringBuilder();
        var container = value.Line.Root;
        while (container.Index < value.Index && Step(ref container, value.Index, path))
        {
        }

        return path.Length == 0 ? null : path.ToString();
    }

    private static bool Step(ref JsonValue container, int target, StringBuilder path) => container.Kind switch
    {
        JsonTokenType.StartObject => StepIntoProperty(ref container, target, path),
        JsonTokenType.StartArray => StepIntoItem(ref container, target, path),
        _ => false,
    };

    private static bool StepIntoProperty(ref JsonValue container, int target, StringBuilder path)
    {
        foreach (var property in container.Properties)
        {
            if (target < container.Line[property.Value.Index].Next || property.Name.Index == target)
            {
                path.Append(path.Length == 0 ? "" : ".").Append(Quote.KeyInPath(property.Name.Text));
                container = property.Value;
                return true;
            }
        }

        return false;
    }

    private static bool StepIntoItem(ref JsonValue container, int target, StringBuilder path)
    {
        int position = 0;
        foreach (var item in container.Items)
        {
            if (target < container.Line[item.Index].Next)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{position}]");
                container = item;
                return true;
            }

            position++;
        }

        return false;
    }
}
