namespace FineTune.Ports;

/// <summary>What a file is for, told by its name alone, alike in a folder and in a container.</summary>
public static class DatasetNames
{
    private const string DatasetEnding = ".jsonl";
    private const string ValidationEnding = ".validation.jsonl";

    /// <summary>Of the file beside a dataset that holds its spec.</summary>
    public const string SpecSuffix = ".finetune.json";

    /// <summary>True for what starts a run when it is dropped: <c>NAME.jsonl</c>, in any case, but no validation file.</summary>
    public static bool IsDataset(string name) => EndsWith(name, DatasetEnding) && !IsValidation(name);

    /// <summary>True for <c>NAME.validation.jsonl</c>: it belongs to <c>NAME.jsonl</c> and starts nothing.</summary>
    public static bool IsValidation(string name) => EndsWith(name, ValidationEnding);

    /// <summary><c>NAME.validation.jsonl</c> for <c>NAME.jsonl</c>.</summary>
    public static string ValidationNameOf(string dataset) => IsDataset(dataset)
        ? StemOf(dataset) + ValidationEnding
        : throw new ArgumentException("Only a dataset, NAME.jsonl, has a validation file.", nameof(dataset));

    /// <summary>The name of a file beside a dataset: <c>NAME.report.json</c> for <c>NAME.jsonl</c> and <c>.report.json</c>.</summary>
    /// <exception cref="ArgumentException">It would lead elsewhere, or be another dataset.</exception>
    public static string BesideNameOf(string dataset, string suffix)
        => suffix.StartsWith('.') && suffix.AsSpan().IndexOfAny("/\\:") < 0 && !suffix.EndsWith(DatasetEnding, StringComparison.OrdinalIgnoreCase)
            ? StemOf(dataset) + suffix
            : throw new ArgumentException($"'{suffix}' is not the ending of a file beside a dataset: '.report.json' is one.", nameof(suffix));

    private static string StemOf(string dataset) => EndsWith(dataset, DatasetEnding)
        ? dataset[..^DatasetEnding.Length]
        : throw new ArgumentException("Only NAME.jsonl has files beside it.", nameof(dataset));

    private static bool EndsWith(string name, string ending)
        => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
