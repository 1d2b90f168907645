namespace FineTune.Emulator.Files;

/// <summary>A file on the wire.</summary>
internal sealed record WireFile(
    string Id, string Purpose, string Filename, long Bytes, long CreatedAt, long? ExpiresAt, string Status, string? StatusDetails)
{
    public string Object { get; } = "file";

    public static WireFile From(StoredFile file, DateTimeOffset now) => new(
        file.Id,
        file.Purpose,
        file.Filename,
        file.Bytes,
        file.CreatedAt.ToUnixTimeSeconds(),
        file.ExpiresAt?.ToUnixTimeSeconds(),
        now < file.ProcessedAt ? "uploaded" : "processed",
        StatusDetails: null);
}

/// <summary>The answer to a deletion.</summary>
internal sealed record WireDeleted(string Id, string Object)
{
    public bool Deleted { get; } = true;
}
