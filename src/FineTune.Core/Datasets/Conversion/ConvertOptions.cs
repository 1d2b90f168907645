namespace FineTune.Datasets.Conversion;

/// <summary>How a file becomes a dataset.</summary>
public sealed record ConvertOptions
{
    public required ConvertSource Source { get; init; }

    public ConvertTarget Target { get; init; } = ConvertTarget.Chat;

    /// <summary>Which columns, or keys of flat JSON objects, are what.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>The system message of every chat example that brings none.</summary>
    public string? System { get; init; }

    /// <summary>What ends every prompt of a completion model; empty for nothing.</summary>
    public string Separator { get; init; } = "\n\n###\n\n";

    /// <summary>What ends every completion of a completion model; empty for nothing.</summary>
    public string Stop { get; init; } = "###";

    public char Delimiter { get; init; } = ',';

    /// <summary>Of a workbook; null for the first.</summary>
    public string? Sheet { get; init; }
}
