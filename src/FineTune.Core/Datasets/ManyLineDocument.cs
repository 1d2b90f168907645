using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets;

/// <summary>
/// Recognises JSON that is not one object a line (a pretty-printed file, a whole array) and reports it once instead of once
/// for every line. A line that ends too early is held back until the next line tells which of the two it is.
/// </summary>
internal sealed class ManyLineDocument(ProblemLog problems)
{
    private Line? _held;
    private bool _isInside;
    private bool _isArray;

    /// <summary>Whether the file holds such a document, and the problems say so.</summary>
    public bool IsReported { get; private set; }

    /// <summary>The first line was one whole array: nothing after it can be an example.</summary>
    public void IsWholeArray() => _isArray = IsReported = true;

    /// <summary>Holds back a line that ends before its JSON does.</summary>
    public void Hold(in Line line)
    {
        _isInside = IsReported;
        _held = IsReported ? null : line with { Bytes = line.Bytes.ToArray() };
    }

    /// <summary>Whether the line is a part of such a document and not to be read on its own.</summary>
    public bool Swallows(in Line line)
    {
        if (_held is { } held)
        {
            _held = null;
            Decide(held, line);
        }

        _isInside &= !StartsAnExample(line);
        return _isArray || _isInside;
    }

    public void EndOfFile()
    {
        if (_held is { } held)
        {
            problems.Add(JsonRules.Incomplete, held, held.Bytes.Length);
        }
    }

    private void Decide(in Line held, in Line next)
    {
        if (held.Bytes.Span.TrimStart(" \t"u8)[0] == '[')
        {
            problems.Add(JsonRules.Array, held, 0);
            _isArray = IsReported = true;
        }
        else if (!StartsAnExample(next))
        {
            problems.Add(JsonRules.ManyLines, held, 0);
            _isInside = IsReported = true;
        }
        else
        {
            problems.Add(JsonRules.Incomplete, held, held.Bytes.Length);
        }
    }

    // Pretty printers indent what is inside; a new object starts at the very left.
    private static bool StartsAnExample(in Line line) => line.Bytes.Span[0] == '{';
}
