using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Repair;

/// <summary>Where a property's bytes and its comma lie.</summary>
internal static class PropertyEdit
{
    /// <summary>Replaces a value, a string with its quotation marks.</summary>
    public static void Replace(JsonValue value, ReadOnlySpan<byte> text, LineEdits edits, RepairKind? repair)
        => edits.Replace(value.Start, EndOf(value), text, repair);

    /// <summary>Deletes the property of <paramref name="container"/> whose value this is, and one of the commas beside it.</summary>
    public static void Delete(JsonValue container, JsonValue value, LineEdits edits, RepairKind? repair)
    {
        int before = -1;
        bool found = false;
        int start = 0;
        foreach (var property in container.Properties)
        {
            if (found)
            {
                edits.Delete(start, property.Name.Start, repair);
                return;
            }

            if (property.Value.Index == value.Index)
            {
                if (before >= 0)
                {
                    edits.Delete(before, EndOf(value), repair);
                    return;
                }

                (found, start) = (true, property.Name.Start);
            }

            before = EndOf(property.Value);
        }

        edits.Delete(start, EndOf(value), repair); // the only one
    }

    private static int EndOf(JsonValue value) => value.Line[value.Index].End + (value.IsString ? 1 : 0);
}
