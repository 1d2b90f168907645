using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary>Brings a dataset into the data folder, together with what belongs to it and lies beside it.</summary>
internal static class DatasetImport
{
    public static Task<DatasetVersion> RunAsync(FolderDatasetStore store, FileInfo file, CancellationToken cancellationToken)
        => store.ImportAsync(SourceFile.Existing(file).FullName, cancellationToken);

    /// <summary><c>NAME.validation.jsonl</c> beside <c>NAME.jsonl</c>; null when there is none.</summary>
    public static async Task<DatasetVersion?> BringValidationAsync(FolderDatasetStore store, FileInfo dataset, CancellationToken cancellationToken)
    {
        if (!DatasetNames.IsDataset(dataset.Name))
        {
            return null;
        }

        FileInfo validation = new(Path.Combine(dataset.DirectoryName!, DatasetNames.ValidationNameOf(dataset.Name)));
        return validation.Exists ? await store.ImportAsync(validation.FullName, cancellationToken) : null;
    }

    /// <summary><c>NAME.finetune.json</c> beside <c>NAME.jsonl</c>, where there is one.</summary>
    public static async Task BringSpecAsync(FolderDatasetStore store, FileInfo dataset, CancellationToken cancellationToken)
    {
        FileInfo spec = new(Path.Combine(dataset.DirectoryName!, DatasetNames.BesideNameOf(dataset.Name, DatasetNames.SpecSuffix)));
        if (spec.Exists)
        {
            byte[] content = await File.ReadAllBytesAsync(spec.FullName, cancellationToken);
            await store.WriteBesideAsync(dataset.Name, DatasetNames.SpecSuffix, content, cancellationToken);
        }
    }
}
