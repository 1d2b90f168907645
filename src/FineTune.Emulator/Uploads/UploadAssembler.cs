using System.Globalization;
using System.Text.Json;
using FineTune.Emulator.Files;
using FineTune.Emulator.State;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Time;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Uploads;

/// <summary>Collects the parts of an upload and makes one file of them.</summary>
internal sealed class UploadAssembler(EmulatorState state, EmulatedClock clock, IdSource ids, ContentFolder contents, FileKeeper keeper)
{
    private const long LargestUpload = 8L * 1024 * 1024 * 1024;
    private const long LargestPart = 64 * 1024 * 1024;

    public WireUpload Create(JsonElement body)
    {
        string purpose = FilePurpose.Require(body.OptionalString("purpose"));
        string filename = body.RequiredString("filename");
        FilePurpose.RequireExtension(purpose, filename);
        body.RequiredString("mime_type");
        long bytes = body.OptionalInteger("bytes", 1, LargestUpload)
            ?? throw ApiException.BadRequest("Missing required parameter: 'bytes'.", "bytes", "missing_required_parameter");
        var expires = body.OptionalObject("expires_after");
        long? seconds = expires?.OptionalInteger("seconds", 0, int.MaxValue);
        var lives = ExpiresAfter.Parse(expires?.OptionalString("anchor"), seconds?.ToString(CultureInfo.InvariantCulture));
        var upload = new PartialUpload(ids.Next("upload_", 32), filename, purpose, bytes, clock.Now, lives, Parts: []);
        return Commit(upload);
    }

    public async Task<WirePart> AddPartAsync(string id, HttpContext context)
    {
        RequirePending(id);
        using var form = await UploadForm.ReadAsync(context, "data", contents, LargestPart);
        if (form.Content is null)
        {
            throw ApiException.BadRequest("Missing required parameter: 'data'.", "data", "missing_required_parameter");
        }

        return state.Exclusively(() =>
        {
            var upload = RequirePending(id);
            var part = new UploadPart(ids.Next("part_", 32), form.Content.Bytes, clock.Now);
            contents.Keep(form.Content, part.Id);
            state.Commit(new UploadChanged(upload with { Parts = [.. upload.Parts, part] }));
            return new WirePart(part.Id, part.CreatedAt.ToUnixTimeSeconds(), id);
        });
    }

    public async Task<WireUpload> CompleteAsync(string id, JsonElement body, CancellationToken cancellationToken)
    {
        var upload = RequirePending(id);
        var parts = OrderedParts(upload, body);
        long sent = parts.Sum(p => p.Bytes);
        if (sent != upload.Bytes)
        {
            throw ApiException.BadRequest($"The parts hold {sent} bytes, but the upload was created for {upload.Bytes}.", "part_ids");
        }

        await using var joined = new JoinedParts(contents, parts);
        using var content = await contents.ReceiveAsync(joined, LargestUpload, cancellationToken);
        await Md5Check.RequireAsync(content, body.OptionalString("md5"), cancellationToken);
        var file = await keeper.KeepAsync(content, upload.Filename, upload.Purpose, upload.FileLives, cancellationToken);
        var completed = Commit(upload with { FileId = file.Id });
        DeleteParts(upload);
        return completed with { File = WireFile.From(file, clock.Now) };
    }

    public WireUpload Cancel(string id)
    {
        var upload = RequirePending(id);
        var cancelled = Commit(upload with { Cancelled = true });
        DeleteParts(upload);
        return cancelled;
    }

    private WireUpload Commit(PartialUpload upload)
    {
        state.Commit(new UploadChanged(upload));
        return WireUpload.From(upload, clock.Now, file: null);
    }

    private PartialUpload RequirePending(string id)
    {
        var upload = state.Uploads.GetValueOrDefault(id) ?? throw new ApiException(404, $"No such Upload object: {id}", "id");
        string status = upload.StatusAt(clock.Now);
        return status == "pending" ? upload : throw ApiException.BadRequest($"Upload {id} is {status}; expected pending.", "id");
    }

    private void DeleteParts(PartialUpload upload)
    {
        foreach (var part in upload.Parts)
        {
            contents.Delete(part.Id);
        }
    }

    private static bool IsId(JsonElement id, UploadPart part) => id.ValueKind == JsonValueKind.String && id.ValueEquals(part.Id);

    private static List<UploadPart> OrderedParts(PartialUpload upload, JsonElement body)
    {
        var wanted = body.OptionalObject("part_ids", JsonValueKind.Array)
            ?? throw ApiException.BadRequest("Missing required parameter: 'part_ids'.", "part_ids", "missing_required_parameter");
        return [.. wanted.EnumerateArray().Select(id => upload.Parts.FirstOrDefault(p => IsId(id, p))
            ?? throw ApiException.BadRequest("A part id does not belong to this upload.", "part_ids"))];
    }
}
