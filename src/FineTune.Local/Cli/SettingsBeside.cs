using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary>What a run of a file would find beside it: <c>NAME.finetune.json</c> and <c>NAME.validation.jsonl</c>.</summary>
internal static class SettingsBeside
{
    private const string ValidationSuffix = ".validation.jsonl";

    /// <param name="file">A dataset, or the validation file of one; they share their settings.</param>
    public static async Task<StartRequest> ReadAsync(FileInfo file, bool isValidation, CancellationToken cancellationToken)
    {
        string? dataset = DatasetNames.IsValidation(file.Name) ? file.Name[..^ValidationSuffix.Length] + ".jsonl"
            : DatasetNames.IsDataset(file.Name) ? file.Name
            : null;
        StartRequest found = new()
        {
            ValidationDataset = isValidation || DatasetNames.IsValidation(file.Name) ? file.Name
                : dataset is not null && Beside(file, DatasetNames.ValidationNameOf(dataset)) is { Exists: true } validation ? validation.Name
                : null,
        };
        if (dataset is null || Beside(file, DatasetNames.BesideNameOf(dataset, DatasetNames.SpecSuffix)) is not { Exists: true } sidecar)
        {
            return found;
        }

        await using FileStream settings = sidecar.OpenRead();
        return (await SidecarRequest.ReadAsync(settings, dataset, cancellationToken))?.Over(found) ?? found;
    }

    private static FileInfo Beside(FileInfo file, string name) => new(Path.Combine(file.DirectoryName!, name));
}
