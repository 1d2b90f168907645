using System.Text;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Secrets;

namespace FineTune.Datasets.Reports;

/// <summary>
/// Reads again, because somebody asked to see them, the lines a report points at. Lines with a secret or personal data in them are
/// left out, and those that are too long to be read as an example.
/// </summary>
public static class LineExcerpts
{
    private const int MostLines = 200;
    private const int CharactersBefore = 80;
    private const int CharactersAfter = 160;

    public static async Task<IReadOnlyDictionary<int, string>> ReadAsync(Stream dataset, DatasetReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var wanted = ColumnsByLine(report);
        int last = wanted.Keys.DefaultIfEmpty().Max();
        var found = new Dictionary<int, string>();
        using LineReader reader = new(dataset, new InspectionLimits().LineBytes);
        await reader.ReadHeadAsync(cancellationToken);
        reader.Drop(FileHead.HasByteOrderMark(reader.Buffered) ? FileHead.ByteOrderMarkLength : 0);
        for (int number = 0; number < last && (number = TakeBuffered(reader, wanted, found, number)) < last && !reader.ReachedEnd;)
        {
            await reader.FillAsync(cancellationToken);
        }

        return found;
    }

    private static Dictionary<int, int> ColumnsByLine(DatasetReport report)
    {
        var secret = SecretRules.All.Select(rule => rule.Code).ToHashSet();
        var hidden = report.Problems.Where(problem => secret.Contains(problem.Code)).Select(problem => problem.Line).ToHashSet();
        return report.Problems.Where(problem => problem.Line is not null && !hidden.Contains(problem.Line))
            .GroupBy(problem => problem.Line!.Value).OrderBy(group => group.Key).Take(MostLines)
            .ToDictionary(group => group.Key, group => group.First().Column ?? 1);
    }

    // The report lists the first secrets only, and none of a line that is no JSON: the line itself is looked at, too.
    private static int TakeBuffered(LineReader reader, Dictionary<int, int> wanted, Dictionary<int, string> found, int number)
    {
        while (reader.TryTake(out var line))
        {
            number = line.Number;
            if (!line.IsTooLong && wanted.TryGetValue(number, out int column) && !SecretChecks.AnyIn(line.Bytes.Span))
            {
                found[number] = Around(Encoding.UTF8.GetString(line.Bytes.Span), column);
            }
        }

        return number;
    }

    private static string Around(string line, int column)
    {
        int start = Math.Clamp(column - 1 - CharactersBefore, 0, line.Length);
        int end = Math.Min(line.Length, start + CharactersBefore + CharactersAfter);
        return (start > 0 ? "…" : "") + line[start..end] + (end < line.Length ? "…" : "");
    }
}
