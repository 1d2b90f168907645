using System.Text.Json;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Repair;

/// <summary>Finds keys an object has twice with the very same value; whichever a reader takes, it reads the same.</summary>
internal static class RepeatedKeys
{
    public static void Find(JsonLine line, LineEdits edits)
    {
        int count = line[0].Next;
        for (int index = 0; index < count; index++)
        {
            if (line[index].Kind == JsonTokenType.StartObject)
            {
                FindIn(new JsonValue(line, index), edits);
            }
        }
    }

    private static void FindIn(JsonValue container, LineEdits edits)
    {
        Dictionary<ulong, JsonValue> firsts = [];
        List<(ulong Key, JsonValue Value)> repeats = [];
        HashSet<ulong> different = [];
        foreach (var (name, value) in container.Properties)
        {
            ulong key = Fingerprint.Of(name.Text);
            if (firsts.TryAdd(key, value))
            {
                continue;
            }

            repeats.Add((key, value));
            if (firsts[key].Kind != value.Kind || !firsts[key].Written.SequenceEqual(value.Written))
            {
                different.Add(key);
            }
        }

        foreach (var (key, value) in repeats)
        {
            if (!different.Contains(key))
            {
                PropertyEdit.Delete(container, value, edits, Repairs.DuplicateKey);
            }
        }
    }
}
