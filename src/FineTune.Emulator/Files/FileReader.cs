using System.Text;
using FineTune.Emulator.Faults;
using FineTune.Emulator.Jobs;
using FineTune.Emulator.State;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Time;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Files;

/// <summary>Shows, serves and deletes files.</summary>
internal sealed class FileReader(
    EmulatorState state, EmulatedClock clock, FileCatalogue files, ContentFolder contents, EmulatorOptions options)
{
    /// <exception cref="ApiException">404 where there is no such file now.</exception>
    public StoredFile Find(string id)
        => files.Find(id, clock.Now) ?? throw new ApiException(404, $"No such File object: {id}", "id");

    public IEnumerable<StoredFile> All(string? purpose, ActiveFaults faults)
    {
        var now = clock.Now;
        return files.All(purpose, now).Where(f => !faults.Hides(f.CreatedAt, now));
    }

    public WireFile View(StoredFile file, ActiveFaults faults)
    {
        var now = clock.Now;
        var shown = WireFile.From(file, now);
        return faults.StatusInstead(file.CreatedAt, now) is { } status
            ? shown with { Status = status, StatusDetails = faults.Find(FaultKind.UnknownStatus)!.Fault.Message }
            : shown;
    }

    public WireDeleted Delete(string id) => state.Exclusively(() =>
    {
        var file = Find(id);
        state.Commit(new FileDeleted(id, clock.Now));
        if (file.Purpose != FileCatalogue.ResultPurpose && !state.Jobs.All().Any(j => j.Request.TrainingFile == id))
        {
            contents.Delete(id); // a job's training bytes stay: they are the weights of the model it left
        }

        return new WireDeleted(id, "file");
    });

    public async Task SendContentAsync(string id, HttpContext context)
    {
        var file = Find(id);
        context.Response.ContentType = "application/octet-stream";
        if (files.OwnerOf(id) is { } job)
        {
            byte[] csv = ResultCsv.Of(job);
            byte[] body = options.ResultFilesAreBase64 ? Encoding.ASCII.GetBytes(Convert.ToBase64String(csv)) : csv;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }

        await using var content = contents.OpenRead(id);
        context.Response.ContentLength = file.Bytes;
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
