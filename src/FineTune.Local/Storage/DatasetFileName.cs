using System.Globalization;
using System.Text;
using FineTune.Ports;

namespace FineTune.Local.Storage;

/// <summary>Which names may become files in the folder: what is refused could leave it, hide in it or deceive who reads the name.</summary>
internal static class DatasetFileName
{
    /// <summary>In UTF-8 bytes. File systems end at 255; the rest is for the endings of the files beside the dataset.</summary>
    private const int MaxBytes = 200;

    public static bool IsAcceptable(string name) => FindFault(name) is null;

    /// <exception cref="DatasetNameException">The name is not acceptable.</exception>
    public static void Check(string name)
    {
        if (FindFault(name) is { } fault)
        {
            throw new DatasetNameException(name, fault);
        }
    }

    private static string? FindFault(string name)
    {
        if (name.AsSpan().IndexOfAny("/\\:") is >= 0 and int at)
        {
            return $"it contains '{name[at]}'; datasets are named by their file name alone, without a folder";
        }

        if (name.StartsWith('.'))
        {
            return "it starts with a dot; hidden files are left alone";
        }

        if (FindUnprintable(name) is { } unprintable)
        {
            return $"it contains the unprintable character {unprintable}";
        }

        if (!DatasetNames.IsDataset(name) && !DatasetNames.IsValidation(name))
        {
            return "only *.jsonl files are datasets";
        }

        int bytes = Encoding.UTF8.GetByteCount(name);
        return bytes > MaxBytes ? $"it is {bytes} bytes long; at most {MaxBytes} are possible" : null;
    }

    private static string? FindUnprintable(string name)
    {
        foreach (Rune rune in name.EnumerateRunes()) // half a surrogate pair comes as U+FFFD
        {
            if (IsUnprintable(rune))
            {
                return $"U+{rune.Value:X4}";
            }
        }

        return null;
    }

    // Format characters turn the reading direction or cannot be seen; the two joiners are spelling in Persian and in emoji.
    private static bool IsUnprintable(Rune rune) => rune.Value is not (0x200C or 0x200D) && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune == Rune.ReplacementChar;
}
