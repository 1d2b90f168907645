using System.Buffers;

namespace FineTune.Datasets.Repair;

/// <summary>
/// Changes to one line, each at its bytes: all other bytes stay as they are written. A change that overlaps an earlier one is not
/// made; the caller looks at the result again.
/// </summary>
internal sealed class LineEdits
{
    private readonly List<(int Start, int End, byte[] Text, RepairKind? Repair)> _edits = [];

    public bool Any => _edits.Count > 0;

    public void Replace(int start, int end, ReadOnlySpan<byte> text, RepairKind? repair) => _edits.Add((start, end, text.ToArray(), repair));

    public void Delete(int start, int end, RepairKind? repair) => _edits.Add((start, end, [], repair));

    /// <summary>The line as changed; each change that was made and is a repair is noted.</summary>
    public byte[] Apply(ReadOnlySpan<byte> line, List<RepairKind> made)
    {
        var changed = new ArrayBufferWriter<byte>(line.Length + 64);
        int at = 0;
        foreach (var edit in _edits.OrderBy(edit => edit.Start))
        {
            if (edit.Start >= at)
            {
                changed.Write(line[at..edit.Start]);
                changed.Write(edit.Text);
                at = edit.End;
                if (edit.Repair is not null)
                {
                    made.Add(edit.Repair);
                }
            }
        }

        changed.Write(line[at..]);
        _edits.Clear();
        return changed.WrittenSpan.ToArray();
    }
}
