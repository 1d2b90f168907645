using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Conversion;

/// <summary>Which column of a table is what, once its header is known.</summary>
internal sealed class TableColumns
{
    private readonly int _prompt;
    private readonly int _answer;
    private readonly int _system;
    private readonly int _rejected;
    private readonly int _count;

    /// <exception cref="UnreadableDatasetException">A column that is needed is missing.</exception>
    public TableColumns(IReadOnlyList<string> header, ConvertOptions options)
    {
        var names = options.Columns;
        _count = header.Count;
        _answer = Need(header, names.Answer, ColumnNames.UsualAnswers, "answers", "--answer");
        _prompt = options.Target == ConvertTarget.Completion && names.Prompt is null
            ? Find(header, names.Prompt, ColumnNames.UsualPrompts)
            : Need(header, names.Prompt, ColumnNames.UsualPrompts, "prompts", "--prompt");
        _system = names.System is null
            ? Find(header, null, ColumnNames.UsualSystems)
            : Need(header, names.System, ColumnNames.UsualSystems, "system messages", "--system-column");
        _rejected = options.Target == ConvertTarget.Preference
            ? Need(header, names.Rejected, ColumnNames.UsualRejected, "worse answers", "--rejected")
            : -1;
    }

    public ExampleDraft ToDraft(IReadOnlyList<string> cells)
    {
        if (cells.Count > _count)
        {
            return ExampleDraft.Refused($"It has {cells.Count} cells, the header {_count}: a cell that holds the delimiter must stand in quotation marks.");
        }

        string answer = Cell(cells, _answer);
        List<Turn> turns = [];
        Add(turns, "system", Cell(cells, _system));
        Add(turns, "user", Cell(cells, _prompt));
        Add(turns, "assistant", answer);
        return string.IsNullOrWhiteSpace(answer)
            ? ExampleDraft.Refused("Its answer is empty.")
            : new ExampleDraft(turns, _rejected < 0 ? null : Cell(cells, _rejected));
    }

    private static void Add(List<Turn> turns, string role, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            turns.Add(new Turn(role, text));
        }
    }

    private static string Cell(IReadOnlyList<string> cells, int column) => column >= 0 && column < cells.Count ? cells[column] : "";

    private static int Need(IReadOnlyList<string> header, string? name, string[] usual, string what, string option)
    {
        int column = Find(header, name, usual);
        return column >= 0
            ? column
            : throw new UnreadableDatasetException(
                $"There is no column {(name is null ? $"for the {what} ({string.Join(", ", usual)})" : $"'{name}'")}; the first row has: {string.Join(" | ", header.Take(20))}. Name it with {option}; another delimiter than the comma with --delimiter, another sheet with --sheet.");
    }

    private static int Find(IReadOnlyList<string> header, string? name, string[] usual)
    {
        foreach (string wanted in name is null ? usual : [name])
        {
            for (int column = 0; column < header.Count; column++)
            {
                if (string.Equals(header[column].Trim(), wanted, StringComparison.OrdinalIgnoreCase))
                {
                    return column;
                }
            }
        }

        return -1;
    }
}
