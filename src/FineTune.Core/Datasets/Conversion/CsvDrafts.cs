using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Conversion;

/// <summary>The rows of a table written as text. A cell is data, whatever it begins with: nothing is ever evaluated.</summary>
internal sealed class CsvDrafts : DraftSource
{
    private readonly ConvertOptions _options;
    private readonly CappedReader _text;
    private readonly CsvParser _parser;
    private TableColumns? _columns;
    private int _row;

    public CsvDrafts(Stream file, ConvertOptions options, int mostCharacters)
    {
        _options = options;
        StreamReader utf8 = new(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        _text = new CappedReader(utf8, mostCharacters);
        string delimiter = options.Source == ConvertSource.Tsv ? "\t" : options.Delimiter.ToString();
        _parser = new CsvParser(_text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, IgnoreBlankLines = false });
    }

    public override int Row => _row;

    public override async ValueTask<ExampleDraft?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await ReadRowAsync(cancellationToken) is { } cells)
        {
            if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (_columns is not null)
            {
                return _columns.ToDraft(cells);
            }

            _columns = new TableColumns(cells, _options);
        }

        return null;
    }

    public override void Dispose() => _parser.Dispose();

    private async Task<string[]?> ReadRowAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _text.Restart();
        _row++;
        try
        {
            return await _parser.ReadAsync() ? _parser.Record : null;
        }
        catch (CsvHelperException)
        {
            throw new UnreadableDatasetException(
                $"Row {_row} (line {_parser.RawRow}) has a quotation mark inside a cell that is not written for it; put the cell in quotation marks and double those inside.");
        }
    }
}
