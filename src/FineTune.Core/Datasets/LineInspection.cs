using System.Text.Unicode;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets;

/// <summary>Takes lines one by one: what is wrong with them as text and JSON is reported, what is an example is handed on.</summary>
internal sealed class LineInspection(ProblemLog problems, InspectionTotals totals, ExampleInspection examples, int maxLineBytes)
{
    private readonly JsonLine _json = new(problems);
    private readonly ManyLineDocument _document = new(problems);
    private int _blankLines;
    private Line _firstBlank;
    private bool _hasCarriageReturn;

    /// <summary>What the next line's verdict owes to those before it.</summary>
    public InspectionState State
    {
        get => new(_document.State, _blankLines, _firstBlank, _hasCarriageReturn, examples.Format);
        set => (_document.State, _blankLines, _firstBlank, _hasCarriageReturn, examples.Format) = value;
    }

    public void Take(in Line line)
    {
        totals.Lines++;
        NoteCarriageReturn(line);
        if (line.IsTooLong)
        {
            problems.Add(FileRules.LineTooLong, line, 0, maxLineBytes);
        }
        else if (line.IsBlank)
        {
            TakeBlank(line);
        }
        else if (IsText(line))
        {
            TakeText(line);
        }
    }

    /// <summary>Reports what only the end of the file decides.</summary>
    public void EndOfFile()
    {
        _document.EndOfFile();
        if (_blankLines > 0)
        {
            problems.Add(FileRules.BlankLastLine, _firstBlank, 0);
        }
    }

    private void TakeText(in Line line)
    {
        ReportBlankLines();
        if (_document.Swallows(line))
        {
            return;
        }

        if (_json.Parse(line) is { } mistake)
        {
            totals.Broken++;
            TakeBroken(line, mistake);
            return;
        }

        JudgeRest(line);
        TakeValue();
    }

    private void TakeBroken(in Line line, JsonMistake mistake)
    {
        if (mistake.Rule == JsonRules.Incomplete)
        {
            _document.Hold(line);
        }
        else
        {
            problems.Add(mistake.Rule, line, mistake.At);
        }
    }

    private void TakeValue()
    {
        if (_json.Root.IsObject)
        {
            examples.Take(_json);
        }
        else if (_json.Root.IsArray && _json.Line.Number == 1)
        {
            problems.Add(JsonRules.Array, _json.Root);
            _document.IsWholeArray();
        }
        else
        {
            problems.Add(JsonRules.NotAnObject, _json.Root, Quote.Kind(_json.Root));
        }
    }

    private void JudgeRest(in Line line)
    {
        var rest = line.Bytes.Span[_json.EndOfValue..];
        int start = rest.IndexOfAnyExcept(" \t\r"u8);
        if (start < 0)
        {
            return;
        }

        int at = _json.EndOfValue + start;
        bool commaOnly = rest[start] == ',' && rest[(start + 1)..].IndexOfAnyExcept(" \t\r"u8) < 0;
        bool second = rest[start] is (byte)'{' or (byte)'[' || (rest[start] == ',' && rest[(start + 1)..].Contains((byte)'{'));
        problems.Add(commaOnly ? JsonRules.TrailingComma : second ? JsonRules.TwoValues : JsonRules.TextAfter, line, at);
    }

    private bool IsText(in Line line)
    {
        var bytes = line.Bytes.Span;
        if (!Utf8.IsValid(bytes))
        {
            var fault = Utf8Fault.In(bytes);
            problems.Add(FileRules.InvalidUtf8, line, fault.At, fault.LooksLike);
            return false;
        }

        int nul = bytes.IndexOf((byte)0);
        if (nul >= 0)
        {
            problems.Add(FileRules.NulByte, line, nul);
        }

        return nul < 0;
    }

    private void TakeBlank(in Line line)
    {
        _firstBlank = _blankLines == 0 ? line with { Bytes = default } : _firstBlank;
        _blankLines++;
    }

    private void ReportBlankLines()
    {
        if (_blankLines > 0 && !_document.IsReported)
        {
            problems.Add(FileRules.BlankLine, _firstBlank, 0, _blankLines);
        }

        (_blankLines, _firstBlank) = (0, default);
    }

    private void NoteCarriageReturn(in Line line)
    {
        if (line.EndsWithCarriageReturn && !_hasCarriageReturn)
        {
            _hasCarriageReturn = true;
            problems.Add(FileRules.CarriageReturn, line, line.Bytes.Length);
        }
    }
}
