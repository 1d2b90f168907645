using System.Globalization;
using System.Text;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Repair;

/// <summary>
/// The lines a report tells of, before and after, as an excerpt of a unified diff: of a long line what differs and a little around it. It
/// shows the dataset's text, so somebody has to ask for it.
/// </summary>
public static class RepairDiff
{
    private const int MostAround = 60;
    private const int MostShown = 300;

    private static readonly int LongestLine = new InspectionLimits().LineBytes;

    /// <param name="source">The file that was mended; seekable.</param>
    /// <param name="written">The new file.</param>
    /// <param name="most">So many lines of the source.</param>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        Stream source, Stream written, RepairReport report, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        source.Position = 0;
        (Stream text, _) = await SourceText.OpenAsync(source, cancellationToken);
        using LineReader before = new(text, LongestLine);
        using LineReader after = new(written, LongestLine);
        List<string> diff = [];
        foreach (var change in report.Changes.GroupBy(change => change.Line).Take(most))
        {
            int? lineWritten = change.Select(repair => repair.LineWritten).FirstOrDefault(line => line is not null);
            string old = await ReadLineAsync(before, change.Key, cancellationToken);
            string? mended = lineWritten is { } line ? await ReadLineAsync(after, line, cancellationToken) : null;
            if (old != mended)
            {
                string codes = string.Join(", ", change.Select(repair => repair.Code).Distinct());
                diff.Add($"@@ -{change.Key} +{lineWritten?.ToString(CultureInfo.InvariantCulture) ?? "0,0"} @@ {codes}");
                diff.AddRange(mended is null ? ["-" + Visible(old)] : Hunk(old, mended));
            }
        }

        return diff;
    }

    /// <summary>Both files are read once: what changed is in order in either.</summary>
    private static async Task<string> ReadLineAsync(LineReader reader, int number, CancellationToken cancellationToken)
    {
        do
        {
            while (reader.TryTake(out var line))
            {
                if (line.Number == number)
                {
                    return Encoding.UTF8.GetString(line.Bytes.Span).TrimStart('\uFEFF');
                }
            }
        }
        while (!reader.ReachedEnd && (await reader.FillAsync(cancellationToken) || reader.ReachedEnd));

        return "";
    }

    private static string[] Hunk(string old, string mended)
    {
        int same = old.AsSpan().CommonPrefixLength(mended);
        int sameAtEnd = 0;
        while (sameAtEnd < Math.Min(old.Length, mended.Length) - same && old[^(sameAtEnd + 1)] == mended[^(sameAtEnd + 1)])
        {
            sameAtEnd++;
        }

        return ["-" + Part(old, same, old.Length - sameAtEnd), "+" + Part(mended, same, mended.Length - sameAtEnd)];
    }

    /// <summary>What differs, with what stands around it; never half of a character.</summary>
    private static string Part(string line, int start, int end)
    {
        start = Math.Max(0, start - MostAround);
        end = Math.Min(Math.Min(line.Length, end + MostAround), start + MostShown);
        start -= start > 0 && char.IsLowSurrogate(line[start]) ? 1 : 0;
        end += end < line.Length && char.IsLowSurrogate(line[end]) ? 1 : 0;
        return (start > 0 ? "…" : "") + Visible(line[start..end]) + (end < line.Length ? "…" : "");
    }

    /// <summary>Control characters as pictures: a dataset must not command the terminal it is shown on.</summary>
    private static string Visible(string text) => string.Create(text.Length, text, static (shown, text) =>
    {
        for (int index = 0; index < shown.Length; index++)
        {
            char character = text[index];
            shown[index] = character < ' ' ? (char)('\u2400' + character) : char.IsControl(character) ? '\uFFFD' : character;
        }
    });
}
