using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Repair;

/// <summary>
/// Counts every repair and keeps the places of the first ones: <paramref name="maxKept"/> in all and a tenth of that of one kind, so
/// that the report stays small for any file and a frequent repair does not hide a rare one.
/// </summary>
internal sealed class RepairLog(int maxKept)
{
    private readonly Dictionary<RepairKind, (long Count, int FirstLine)> _counts = [];
    private readonly List<LineRepair> _changes = [];
    private readonly List<LineLeft> _left = [];
    private long _total;
    private long _linesLeft;

    public void Add(RepairKind repair, int line, int? lineWritten)
    {
        _total++;
        var (count, firstLine) = _counts.GetValueOrDefault(repair, (0, line));
        _counts[repair] = (count + 1, firstLine);
        if (count == 0 || (_changes.Count < maxKept && count < maxKept / 10))
        {
            _changes.Add(new LineRepair(line, lineWritten, repair.Code));
        }
    }

    public void AddLeft(DatasetRule rule, int line, int lineWritten)
    {
        _linesLeft++;
        if (_left.Count < maxKept)
        {
            _left.Add(new LineLeft(line, lineWritten, rule.Code, rule.Fix));
        }
    }

    public RepairReport ToReport(int lines, int linesWritten) => new()
    {
        Lines = lines,
        LinesWritten = linesWritten,
        Repairs = [.. _counts.Select(one => new RepairCount(one.Key.Code, one.Key.Did, one.Value.Count, one.Value.FirstLine))
            .OrderByDescending(count => count.Count).ThenBy(count => count.Code, StringComparer.Ordinal)],
        Changes = [.. _changes.OrderBy(change => change.Line)],
        ChangesLeftOut = _total - _changes.Count,
        Left = _left,
        LinesLeft = _linesLeft,
    };
}
