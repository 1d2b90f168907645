namespace FineTune.Datasets.Conversion;

/// <summary>Reads a file's rows one by one.</summary>
internal abstract class DraftSource : IDisposable
{
    /// <summary>As a spreadsheet counts them, the header being 1; in JSON and text the line.</summary>
    public abstract int Row { get; }

    /// <summary>The next row that is not blank; null at the end.</summary>
    public abstract ValueTask<ExampleDraft?> ReadAsync(CancellationToken cancellationToken);

    public abstract void Dispose();
}
