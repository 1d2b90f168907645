using System.Text.Unicode;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reading;

/// <summary>
/// Reads a dataset whose lines are all well-formed examples, for those who rewrite it; any other line ends the reading, for
/// nobody can say on which side of a split, say, half an example belongs.
/// </summary>
internal sealed class ExampleReader(Stream dataset, InspectionLimits limits) : IDisposable
{
    private readonly LineReader _lines = new(dataset, limits.LineBytes);
    private bool _hasStarted;

    /// <summary>The example last read; valid until the next one is.</summary>
    public JsonLine Example { get; } = new(new ProblemLog(maxKept: 0));

    public long BytesRead => _lines.BytesRead;

    /// <summary>Of all that was read so far.</summary>
    public string Sha256() => _lines.Sha256();

    /// <summary>Goes on to the next example; false at the end.</summary>
    /// <exception cref="UnreadableDatasetException">A line is no example.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        await SkipByteOrderMarkAsync(cancellationToken);
        while (true)
        {
            while (_lines.TryTake(out var line))
            {
                if (!line.IsBlank || line.IsTooLong)
                {
                    Parse(line);
                    return true;
                }
            }

            if (_lines.ReachedEnd)
            {
                return false;
            }

            await _lines.FillAsync(cancellationToken);
        }
    }

    public void Dispose() => _lines.Dispose();

    private async ValueTask SkipByteOrderMarkAsync(CancellationToken cancellationToken)
    {
        if (!_hasStarted)
        {
            _hasStarted = true;
            await _lines.ReadHeadAsync(cancellationToken);
            ProblemLog problems = new(maxKept: 1);
            if (FileHead.IsHopeless(_lines.Buffered, problems))
            {
                throw new UnreadableDatasetException($"{problems.Kept[0].Message} {problems.Kept[0].Fix}");
            }

            _lines.Drop(FileHead.HasByteOrderMark(_lines.Buffered) ? FileHead.ByteOrderMarkLength : 0);
        }
    }

    private void Parse(in Line line)
    {
        if (line.IsTooLong)
        {
            throw Refusal(line, FileRules.LineTooLong.Code, "It is longer than any example that is read.");
        }

        if (!Utf8.IsValid(line.Bytes.Span))
        {
            throw Refusal(line, FileRules.InvalidUtf8.Code, "It is not text in UTF-8.");
        }

        if (Example.Parse(line) is { } mistake)
        {
            throw Refusal(line, mistake.Rule.Code, mistake.Rule.Sentence);
        }

        if (!Example.Root.IsObject || line.Bytes.Span[Example.EndOfValue..].IndexOfAnyExcept(" \t\r"u8) >= 0)
        {
            throw Refusal(line, JsonRules.NotAnObject.Code, "It is not exactly one JSON object.");
        }
    }

    private static UnreadableDatasetException Refusal(in Line line, string code, string sentence)
        => new($"Line {line.Number} is no example ({code}): {sentence} Mend the file first: finetune fix mends what is safe, finetune validate tells the rest.");
}
