namespace FineTune.Ports;

/// <summary>What a file is for, told by its name alone, alike in a folder and in a container.</summary>
public static class DatasetNames
{
    private const string DatasetEnding = ".jsonl";
    private const string ValidationEnding = ".validation.jsonl";
    private const string SpecEnding = ".finetune.json";

    /// <summary>True for what starts a run when it is dropped: <c>NAME.jsonl</c>, in any case, but no validation file.</summary>
    public static bool IsDataset(string name) => EndsWith(name, DatasetEnding) && !IsValidation(name);

    /// <summary>True for <c>NAME.validation.jsonl</c>: it belongs to <c>NAME.jsonl</c> and starts nothing.</summary>
    public static bool IsValidation(string name) => EndsWith(name, ValidationEnding);

    /// <summary><c>NAME.validation.jsonl</c> for <c>NAME.jsonl</c>.</summary>
    public static string ValidationNameOf(string dataset) => StemOf(dataset) + ValidationEnding;

    /// <summary><c>NAME.finetune.json</c> for <c>NAME.jsonl</c>: the file that holds the dataset's spec.</summary>
    public static string SpecNameOf(string dataset) => StemOf(dataset) + SpecEnding;

    private static string StemOf(string dataset) => IsDataset(dataset)
        ? dataset[..^DatasetEnding.Length]
        : throw new ArgumentException("Only a dataset, NAME.jsonl, has a validation file and a spec.", nameof(dataset));

    private static bool EndsWith(string name, string ending)
        => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
