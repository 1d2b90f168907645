using System.Text;
using System.Text.Unicode;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Conversion;

/// <summary>
/// Plain text: every line is a completion without a prompt, as a completion model learns to write. Questions about a text are another
/// matter: they have to be written, by a person or a model, and come as a table or JSON.
/// </summary>
internal sealed class TextDrafts(Stream file, int mostBytes) : DraftSource
{
    private readonly LineReader _lines = new(file, mostBytes);
    private int _row;

    public override int Row => _row;

    public override async ValueTask<ExampleDraft?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_lines.TryTake(out var line))
            {
                _row = line.Number;
                if (line.IsTooLong || !line.IsBlank)
                {
                    return ToDraft(line);
                }
            }

            if (_lines.ReachedEnd)
            {
                return null;
            }

            await _lines.FillAsync(cancellationToken);
        }
    }

    public override void Dispose() => _lines.Dispose();

    private static ExampleDraft ToDraft(in Line line)
    {
        if (line.IsTooLong || !Utf8.IsValid(line.Bytes.Span))
        {
            return ExampleDraft.Refused(line.IsTooLong ? "It is longer than any example may be." : "It is not text in UTF-8.");
        }

        var text = line.Bytes.Span;
        text = line.Number == 1 && FileHead.HasByteOrderMark(text) ? text[FileHead.ByteOrderMarkLength..] : text;
        return new ExampleDraft([new Turn("assistant", Encoding.UTF8.GetString(text.Trim(" \t\r"u8)))]);
    }
}
