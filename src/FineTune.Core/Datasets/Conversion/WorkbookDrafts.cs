using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Conversion;

/// <summary>The rows of one sheet of an Excel workbook. A formula's cell is what Excel last computed; nothing is evaluated.</summary>
internal sealed class WorkbookDrafts : DraftSource
{
    private const int MostColumns = 16_384;

    private readonly ConvertOptions _options;
    private readonly IExcelDataReader _reader;
    private TableColumns? _columns;
    private int _row;

    // The package asks for code page 1252 whether or not a file needs it.
    static WorkbookDrafts() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public WorkbookDrafts(Stream file, ConvertOptions options, long mostBytes)
    {
        _options = options;
        Unpacked.Check(file, mostBytes);
        _reader = Guard(() => ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true }));
        FindSheet();
    }

    public override int Row => _row;

    public override ValueTask<ExampleDraft?> ReadAsync(CancellationToken cancellationToken)
    {
        while (Guard(_reader.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _row++;
            if (_reader.FieldCount > MostColumns)
            {
                throw new UnreadableDatasetException($"The sheet claims {_reader.FieldCount:N0} columns; Excel has {MostColumns:N0}.");
            }

            string[] cells = Guard(ReadCells);
            if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (_columns is not null)
            {
                return new ValueTask<ExampleDraft?>(_columns.ToDraft(cells));
            }

            _columns = new TableColumns(cells, _options);
        }

        return default;
    }

    public override void Dispose() => _reader.Dispose();

    private void FindSheet()
    {
        List<string> names = [];
        do
        {
            if (_options.Sheet is null || string.Equals(_reader.Name, _options.Sheet, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            names.Add(_reader.Name);
        }
        while (Guard(_reader.NextResult));

        _reader.Dispose();
        throw new UnreadableDatasetException($"The workbook has no sheet '{_options.Sheet}'; it has: {string.Join(" | ", names)}.");
    }

    private string[] ReadCells()
    {
        string[] cells = new string[_reader.FieldCount];
        for (int column = 0; column < cells.Length; column++)
        {
            cells[column] = TextOf(_reader.GetValue(column));
        }

        return cells;
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // What the reader throws for a damaged workbook is not one family; a cell far to the right makes it ask for an impossible array.
    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is XmlException or ExcelReaderException or InvalidDataException or FormatException
            or ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException or OverflowException
            or KeyNotFoundException or InvalidCastException or OutOfMemoryException)
        {
            throw new UnreadableDatasetException("The file is no whole .xlsx workbook. Open it in Excel and save it again, or export the sheet as CSV in UTF-8.");
        }
    }
}
