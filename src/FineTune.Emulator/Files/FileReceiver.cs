using FineTune.Emulator.Storage;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Files;

/// <summary>Takes a multipart upload: streams the bytes to disk, then checks the fields, which may come after them.</summary>
internal sealed class FileReceiver(FileKeeper keeper, ContentFolder contents, EmulatorOptions options)
{
    /// <exception cref="ApiException">400 or 413, with nothing kept.</exception>
    public async Task<StoredFile> ReceiveAsync(HttpContext context)
    {
        using var form = await UploadForm.ReadAsync(context, "file", contents, options.MaxFileBytes);
        var content = form.Content ?? throw ApiException.BadRequest("Missing required parameter: 'file'.", "file");
        string purpose = FilePurpose.Require(form.Field("purpose"));
        string filename = form.Filename ?? "upload";
        FilePurpose.RequireExtension(purpose, filename);
        return await keeper.KeepAsync(
            content, filename, purpose, ExpiresAfter.Parse(form.Field("expires_after[anchor]"), form.Field("expires_after[seconds]")),
            context.RequestAborted);
    }
}
