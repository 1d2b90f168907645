using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets;

/// <summary>
/// Recognises JSON that is not one object a line (a pretty-printed file, a whole array) and reports it once instead of once
/// for every line. A line that ends too early is held back until the next line tells which of the two it is.
/// </summary>
internal sealed class ManyLineDocument(ProblemLog problems)
{
    public DocumentState State { get; set; }

    /// <summary>Whether the file holds such a document, and the problems say so.</summary>
    public bool IsReported => State.IsReported;

    /// <summary>The first line was one whole array: nothing after it can be an example.</summary>
    public void IsWholeArray() => State = State with { IsArray = true, IsReported = true };

    /// <summary>Holds back a line that ends before its JSON does.</summary>
    public void Hold(in Line line) => State = State with
    {
        IsInside = IsReported,
        Held = IsReported ? null : line with { Bytes = line.Bytes.ToArray() },
    };

    /// <summary>Whether the line is a part of such a document and not to be read on its own.</summary>
    public bool Swallows(in Line line)
    {
        if (State.Held is { } held)
        {
            State = State with { Held = null };
            Decide(held, line);
        }

        if (State.IsInside && StartsAnExample(line))
        {
            State = State with { IsInside = false };
        }

        return State.IsArray || State.IsInside;
    }

    public void EndOfFile()
    {
        if (State.Held is { } held)
        {
            problems.Add(JsonRules.Incomplete, held, held.Bytes.Length);
        }
    }

    private void Decide(in Line held, in Line next)
    {
        if (held.Bytes.Span.TrimStart(" \t"u8)[0] == '[')
        {
            problems.Add(JsonRules.Array, held, 0);
            State = State with { IsArray = true, IsReported = true };
        }
        else if (!StartsAnExample(next))
        {
            problems.Add(JsonRules.ManyLines, held, 0);
            State = State with { IsInside = true, IsReported = true };
        }
        else
        {
            problems.Add(JsonRules.Incomplete, held, held.Bytes.Length);
        }
    }

    // Pretty printers indent what is inside; a new object starts at the very left.
    private static bool StartsAnExample(in Line line) => line.Bytes.Span[0] == '{';
}
