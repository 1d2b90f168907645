using FineTune.Emulator.Datasets;
using FineTune.Emulator.State;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Time;

namespace FineTune.Emulator.Files;

/// <summary>Turns received bytes into a file: reads a dataset once, gives an id, writes the journal.</summary>
internal sealed class FileKeeper(EmulatorState state, EmulatedClock clock, IdSource ids, ContentFolder contents, EmulatorOptions options)
{
    public async Task<StoredFile> KeepAsync(
        ReceivedContent content, string filename, string purpose, TimeSpan? lives, CancellationToken cancellationToken)
    {
        bool dataset = purpose == FilePurpose.FineTune;
        var facts = dataset ? await ReadFactsAsync(content, cancellationToken) : null;
        return state.Exclusively(() =>
        {
            var now = clock.Now;
            var processed = dataset ? now + options.FileProcessing : now;
            string id = ids.Next("file-", 22);
            var file = new StoredFile(
                id, filename, purpose, content.Bytes, content.Sha256, now, processed, ExpiresAt: now + lives, Facts: facts);
            contents.Keep(content, file.Id);
            state.Commit(new FileStored(file));
            return file;
        });
    }

    private static async Task<DatasetFacts> ReadFactsAsync(ReceivedContent content, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(content.TemporaryPath);
        return await DatasetReader.ReadAsync(stream, cancellationToken);
    }
}
