using FineTune.Local.Storage;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary>Brings a dataset into the data folder, together with what belongs to it and lies beside it.</summary>
internal static class DatasetImport
{
    /// <exception cref="InvalidRequestException">There is no such file, or its name is none for what a run starts with.</exception>
    public static void Require(FileInfo file)
    {
        SourceFile.Existing(file);
        if (!DatasetNames.IsDataset(file.Name))
        {
            throw new InvalidRequestException(DatasetNames.IsValidation(file.Name)
                ? $"'{file.Name}' is the validation file of another: it goes with that one. Run NAME.jsonl."
                : $"'{file.Name}' is no dataset: those are called NAME.jsonl. Rename it, or make a dataset of it: {ProgramName.Text} convert {ShellWord.Of(file.ToString())}");
        }

        DatasetFileName.Check(file.Name);
    }

    public static Task<DatasetVersion> RunAsync(FolderDatasetStore store, FileInfo file, CancellationToken cancellationToken)
        => store.ImportAsync(SourceFile.Existing(file).FullName, cancellationToken);

    /// <summary>
    /// <c>NAME.validation.jsonl</c> beside <c>NAME.jsonl</c>; null when there is none. One that an earlier run brought is taken away: what
    /// belongs to a file is what lies beside it.
    /// </summary>
    public static async Task<DatasetVersion?> BringValidationAsync(FolderDatasetStore store, FileInfo dataset, CancellationToken cancellationToken)
    {
        string name = DatasetNames.ValidationNameOf(dataset.Name);
        FileInfo validation = Beside(dataset, name);
        if (validation.Exists)
        {
            return await store.ImportAsync(validation.FullName, cancellationToken);
        }

        await TakeAwayAsync(Path.Combine(store.Root, name), dataset);
        return null;
    }

    /// <summary><c>NAME.finetune.json</c> beside <c>NAME.jsonl</c>, likewise.</summary>
    public static async Task BringSpecAsync(FolderDatasetStore store, FileInfo dataset, CancellationToken cancellationToken)
    {
        FileInfo spec = Beside(dataset, DatasetNames.BesideNameOf(dataset.Name, DatasetNames.SpecSuffix));
        if (spec.Exists)
        {
            byte[] content = await File.ReadAllBytesAsync(spec.FullName, cancellationToken);
            await store.WriteBesideAsync(dataset.Name, DatasetNames.SpecSuffix, content, cancellationToken);
        }
        else
        {
            await TakeAwayAsync(store.PathBeside(dataset.Name, DatasetNames.SpecSuffix), dataset);
        }
    }

    private static async Task TakeAwayAsync(string old, FileInfo dataset)
    {
        if (File.Exists(old))
        {
            File.Delete(old);
            await Console.Error.WriteLineAsync($"'{old}' of an earlier run is deleted: there is no such file beside '{dataset.FullName}' now.");
        }
    }

    private static FileInfo Beside(FileInfo dataset, string name) => new(Path.Combine(dataset.DirectoryName!, name));
}
