using System.Text;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Writing;

namespace FineTune.Datasets.Conversion;

/// <summary>Writes a table, a text or JSON of another format as a dataset, row by row; memory does not grow with the file.</summary>
public sealed class DatasetConvert(ConvertOptions options, InspectionLimits? limits = null)
{
    private const int MostProblems = 100;

    private readonly InspectionLimits _limits = limits ?? new InspectionLimits();

    /// <param name="source">Seekable; read from its start.</param>
    /// <exception cref="UnreadableDatasetException">The file is not what it is said to be.</exception>
    public async Task<ConvertReport> RunAsync(Stream source, Stream destination, CancellationToken cancellationToken)
    {
        try
        {
            using DraftSource drafts = await OpenAsync(source, cancellationToken);
            return await WriteAsync(drafts, destination, cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableDatasetException("The file is not text in UTF-8. Save it as such: in Excel as \"CSV UTF-8\", elsewhere with the encoding UTF-8.");
        }
    }

    private async Task<DraftSource> OpenAsync(Stream source, CancellationToken cancellationToken) => options.Source switch
    {
        ConvertSource.Csv or ConvertSource.Tsv => new CsvDrafts(source, options, _limits.LineBytes),
        ConvertSource.Xlsx => new WorkbookDrafts(source, options, _limits.FileBytes),
        ConvertSource.Text => new TextDrafts(source, _limits.LineBytes),
        _ => await JsonDrafts.OpenAsync(source, options, _limits, cancellationToken),
    };

    private async Task<ConvertReport> WriteAsync(DraftSource drafts, Stream destination, CancellationToken cancellationToken)
    {
        await using LineWriter lines = new(destination);
        DraftWriter writer = new(options);
        List<RowProblem> problems = [];
        int rows = 0;
        int refused = 0;
        while (await drafts.ReadAsync(cancellationToken) is { } draft)
        {
            rows++;
            if (writer.Write(draft) is not { } problem)
            {
                lines.Write(writer.Line);
                await lines.FlushSomeAsync(cancellationToken);
            }
            else if (++refused <= MostProblems)
            {
                problems.Add(new RowProblem(drafts.Row, problem));
            }
        }

        await lines.FlushAsync(cancellationToken);
        return new ConvertReport { Rows = rows, Written = lines.Count, Problems = problems, ProblemCount = refused };
    }
}
