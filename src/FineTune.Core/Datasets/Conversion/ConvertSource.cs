namespace FineTune.Datasets.Conversion;

/// <summary>How a file that is to be converted is written.</summary>
public enum ConvertSource
{
    /// <summary>A table with a header, cells parted by <see cref="ConvertOptions.Delimiter"/>.</summary>
    Csv,

    /// <summary>The same, parted by tabs.</summary>
    Tsv,

    /// <summary>The first sheet of a workbook, or the one named; its first row is the header.</summary>
    Xlsx,

    /// <summary>One JSON array of objects, or JSON Lines.</summary>
    Json,

    /// <summary>Every line that is not blank is a completion without a prompt.</summary>
    Text,
}
