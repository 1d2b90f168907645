using System.Text;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Writing;

namespace FineTune.Datasets.Repair;

/// <summary>
/// Writes a dataset anew with everything mended that can be mended without a person: each repair changes how an example is written,
/// never what it says, and mending what is mended changes nothing. Memory does not grow with the file.
/// </summary>
public sealed class DatasetRepair(InspectionLimits? limits = null)
{
    private const int KeptChanges = 1_000;

    private readonly InspectionLimits _limits = limits ?? new InspectionLimits();

    /// <param name="source">Seekable; read from its start.</param>
    /// <exception cref="UnreadableDatasetException">It is no text, or broken in a way that leaves no lines to copy.</exception>
    public async Task<RepairReport> RunAsync(Stream source, Stream destination, CancellationToken cancellationToken)
    {
        RepairLog log = new(KeptChanges);
        await using LineWriter output = new(destination);
        LineRepairs lines = new(log, output, _limits.LineBytes);
        int read;
        try
        {
            read = await SourceText.FirstByteAsync(source, cancellationToken) == '['
                ? await MendArrayAsync(source, log, lines, output, cancellationToken)
                : await MendLinesAsync(source, log, lines, output, cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableDatasetException("The file begins like UTF-16 or UTF-32, but is not text in it throughout; a part may be missing. Save it again as UTF-8.");
        }

        await output.FlushAsync(cancellationToken);
        return log.ToReport(read, output.Count);
    }

    private static async Task<Stream> OpenAsync(Stream source, RepairLog log, CancellationToken cancellationToken)
    {
        (Stream text, bool isTranscoded) = await SourceText.OpenAsync(source, cancellationToken);
        if (isTranscoded)
        {
            log.Add(Repairs.Encoding, line: 1, lineWritten: 1);
        }

        return text;
    }

    private async Task<int> MendArrayAsync(
        Stream source, RepairLog log, LineRepairs lines, LineWriter output, CancellationToken cancellationToken)
    {
        using JsonArrayItems items = new(await OpenAsync(source, log, cancellationToken), _limits.LineBytes);
        while (await items.ReadAsync(cancellationToken))
        {
            lines.TakeItem(items.Line, items.Item);
            await output.FlushSomeAsync(cancellationToken);
        }

        return items.LinesRead;
    }

    private async Task<int> MendLinesAsync(
        Stream source, RepairLog log, LineRepairs lines, LineWriter output, CancellationToken cancellationToken)
    {
        using LineReader reader = new(await OpenAsync(source, log, cancellationToken), _limits.LineBytes);
        var last = default(Line);
        do
        {
            while (reader.TryTake(out var line))
            {
                last = line;
                lines.Take(line);
                await output.FlushSomeAsync(cancellationToken);
            }
        }
        while (!reader.ReachedEnd && (await reader.FillAsync(cancellationToken) || reader.ReachedEnd));

        if (last.Number > 0 && last.Offset + last.Bytes.Length + (last.EndsWithCarriageReturn ? 1 : 0) == reader.BytesRead)
        {
            log.Add(Repairs.LastLineEnd, last.Number, output.Count);
        }

        lines.EndOfFile();
        return last.Number;
    }
}
