using System.Text;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reports;

/// <summary>
/// Reads again, because somebody asked to see them, the lines a report points at. Lines with a secret or personal data in them are
/// left out.
/// </summary>
public static class LineExcerpts
{
    private const int MostLines = 200;
    private const int CharactersBefore = 80;
    private const int CharactersAfter = 160;

    public static async Task<IReadOnlyDictionary<int, string>> ReadAsync(Stream dataset, DatasetReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var secret = SecretRules.All.Select(rule => rule.Code).ToHashSet();
        var hidden = report.Problems.Where(problem => secret.Contains(problem.Code)).Select(problem => problem.Line).ToHashSet();
        var wanted = report.Problems.Where(problem => problem.Line is not null && !hidden.Contains(problem.Line))
            .GroupBy(problem => problem.Line!.Value).OrderBy(group => group.Key).Take(MostLines)
            .ToDictionary(group => group.Key, group => group.First().Column ?? 1);
        var found = new Dictionary<int, string>();
        using var reader = new StreamReader(dataset, Encoding.UTF8, leaveOpen: true);
        for (int number = 1; found.Count < wanted.Count && await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (wanted.TryGetValue(number, out int column))
            {
                found[number] = Around(line, column);
            }
        }

        return found;
    }

    private static string Around(string line, int column)
    {
        int start = Math.Clamp(column - 1 - CharactersBefore, 0, line.Length);
        int end = Math.Min(line.Length, start + CharactersBefore + CharactersAfter);
        return (start > 0 ? "…" : "") + line[start..end] + (end < line.Length ? "…" : "");
    }
}
