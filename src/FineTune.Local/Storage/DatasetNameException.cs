using System.Globalization;
using System.Text;

namespace FineTune.Local.Storage;

/// <summary>Somebody gave a dataset a name that cannot be a file in the folder of datasets.</summary>
public sealed class DatasetNameException(string name, string fault)
    : PermanentFailureException($"Dataset name '{Shown(name)}' cannot be used: {fault}. Use a plain file name such as 'support.jsonl'.")
{
    private const int MaxShown = 80;

    // The name is hostile by now: whatever could act on a terminal or a log is shown as its number.
    private static string Shown(string name)
    {
        var shown = new StringBuilder();
        foreach (char c in name.AsSpan(0, Math.Min(name.Length, MaxShown)))
        {
            _ = char.IsAscii(c) && !char.IsControl(c)
                ? shown.Append(c)
                : shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return name.Length > MaxShown ? shown.Append('…').ToString() : shown.ToString();
    }
}
