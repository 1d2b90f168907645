using System.Text.Unicode;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Writing;

namespace FineTune.Datasets.Repair;

/// <summary>Takes a file line by line and writes what each becomes.</summary>
internal sealed class LineRepairs(RepairLog log, LineWriter output, int maxLineBytes)
{
    private readonly LineMender _mender = new();
    private readonly SpreadExample _spread = new(maxLineBytes);
    private readonly List<int> _blanks = [];

    /// <summary>Takes a line as it was read.</summary>
    public void Take(in Line line)
    {
        if (line.IsTooLong)
        {
            throw new UnreadableDatasetException(
                $"Line {line.Number} is longer than {maxLineBytes:N0} bytes, the most that is read as one example. Shorten it first.");
        }

        var text = WithoutByteOrderMarks(line);
        if (line.EndsWithCarriageReturn)
        {
            log.Add(Repairs.CarriageReturn, line.Number, NextLine);
        }

        var trimmed = text.Trim(" \t\r"u8);
        if (trimmed.IsEmpty)
        {
            _blanks.Add(line.Number);
            return;
        }

        NoteBlanks(Repairs.BlankLine);
        TakeText(line.Number, trimmed, hasSpaceAround: trimmed.Length < text.Length);
    }

    /// <summary>Takes an item of an array.</summary>
    public void TakeItem(int number, ReadOnlyMemory<byte> item)
    {
        log.Add(Repairs.Array, number, NextLine);
        byte[] line = OneLine.Of(item.Span);
        if ((FaultOf(line) ?? Mend(number, line)) is { } rule)
        {
            Leave(number, line, rule);
        }
    }

    public void EndOfFile()
    {
        LeaveSpread();
        NoteBlanks(Repairs.BlankLastLine);
    }

    private int NextLine => output.Count + 1;

    private void TakeText(int number, ReadOnlyMemory<byte> text, bool hasSpaceAround)
    {
        if (!_spread.IsEmpty)
        {
            if (!_mender.IsExample(text))
            {
                GoOnWithSpread(number, text);
                return;
            }

            LeaveSpread();
        }

        var rule = FaultOf(text.Span) ?? Mend(number, text);
        if (rule == JsonRules.Incomplete && _spread.Take(number, text.Span))
        {
            return;
        }

        _spread.Clear();
        if (hasSpaceAround)
        {
            log.Add(Repairs.OuterSpace, number, rule is null ? output.Count : NextLine);
        }

        if (rule is not null)
        {
            Leave(number, text.Span, rule);
        }
    }

    private void GoOnWithSpread(int number, ReadOnlyMemory<byte> text)
    {
        bool canGoOn = _spread.Take(number, text.Span);
        if (canGoOn && !_spread.IsWhole)
        {
            return;
        }

        int first = _spread.Lines[0].Number;
        int before = output.Count;
        if (!canGoOn || FaultOf(_spread.Text.Span) is not null || Mend(first, _spread.Text) is not null)
        {
            LeaveSpread();
            return;
        }

        log.Add(Repairs.ManyLines, first, before + 1);
        _spread.Clear();
    }

    private void LeaveSpread()
    {
        foreach (var (number, bytes) in _spread.Lines)
        {
            Leave(number, bytes, JsonRules.Incomplete);
        }

        _spread.Clear();
    }

    // Writes nothing unless the whole line is mended.
    private DatasetRule? Mend(int number, ReadOnlyMemory<byte> text)
    {
        if (_mender.Mend(text) is { } rule)
        {
            return rule;
        }

        foreach (var repair in _mender.Made)
        {
            log.Add(repair, number, NextLine);
        }

        foreach (var example in _mender.Examples)
        {
            output.Write(example.Span);
        }

        return null;
    }

    private void Leave(int number, ReadOnlySpan<byte> text, DatasetRule rule)
    {
        log.AddLeft(rule, number, NextLine);
        output.Write(text);
    }

    private void NoteBlanks(RepairKind repair)
    {
        foreach (int number in _blanks)
        {
            log.Add(repair, number, lineWritten: null);
        }

        _blanks.Clear();
    }

    private ReadOnlyMemory<byte> WithoutByteOrderMarks(in Line line)
    {
        var text = line.Bytes;
        while (text.Span.TrimStart(" \t\r"u8) is var start && FileHead.HasByteOrderMark(start))
        {
            text = text[(text.Length - start.Length + FileHead.ByteOrderMarkLength)..];
            log.Add(Repairs.ByteOrderMark, line.Number, NextLine);
        }

        return text;
    }

    private static DatasetRule? FaultOf(ReadOnlySpan<byte> text)
        => !Utf8.IsValid(text) ? FileRules.InvalidUtf8 : text.Contains((byte)0) ? FileRules.NulByte : null;
}
