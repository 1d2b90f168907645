namespace FineTune.Emulator.Uploads;

/// <summary>A large file arriving in parts. It expires an hour after it was created.</summary>
internal sealed record PartialUpload(
    string Id,
    string Filename,
    string Purpose,
    long Bytes,
    DateTimeOffset CreatedAt,
    TimeSpan? FileLives,
    IReadOnlyList<UploadPart> Parts,
    string? FileId = null,
    bool Cancelled = false)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public DateTimeOffset ExpiresAt => CreatedAt + Lifetime;

    public string StatusAt(DateTimeOffset now)
        => FileId is not null ? "completed" : Cancelled ? "cancelled" : now >= ExpiresAt ? "expired" : "pending";
}

/// <summary>One part's place in the content folder, and its size.</summary>
internal sealed record UploadPart(string Id, long Bytes, DateTimeOffset CreatedAt);
