using FineTune.Emulator.Files;

namespace FineTune.Emulator.Uploads;

/// <summary>An upload on the wire.</summary>
internal sealed record WireUpload(
    string Id, long CreatedAt, string Filename, long Bytes, string Purpose, string Status, long ExpiresAt, WireFile? File)
{
    public string Object { get; } = "upload";

    public static WireUpload From(PartialUpload upload, DateTimeOffset now, WireFile? file) => new(
        upload.Id,
        upload.CreatedAt.ToUnixTimeSeconds(),
        upload.Filename,
        upload.Bytes,
        upload.Purpose,
        upload.StatusAt(now),
        upload.ExpiresAt.ToUnixTimeSeconds(),
        file);
}

/// <summary>A part on the wire.</summary>
internal sealed record WirePart(string Id, long CreatedAt, string UploadId)
{
    public string Object { get; } = "upload.part";
}
