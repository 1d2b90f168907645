using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Conversion;

/// <summary>Hands characters on until one row has too many: a quotation mark that is never closed must not swallow the file.</summary>
internal sealed class CappedReader(TextReader inner, int mostCharacters) : TextReader
{
    private long _since;

    /// <summary>A new row begins.</summary>
    public void Restart() => _since = 0;

    public override int Read(char[] buffer, int index, int count) => Count(inner.Read(buffer, index, count));

    public override async Task<int> ReadAsync(char[] buffer, int index, int count) => Count(await inner.ReadAsync(buffer, index, count));

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        => Count(await inner.ReadAsync(buffer, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _since += read;
        return _since <= mostCharacters
            ? read
            : throw new UnreadableDatasetException($"A row has more than {mostCharacters:N0} characters; look for a quotation mark that is not closed.");
    }
}
