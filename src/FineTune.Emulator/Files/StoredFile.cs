using FineTune.Emulator.Datasets;

namespace FineTune.Emulator.Files;

/// <summary>A file as it arrived. Deleted ones are kept as records: jobs and cursors may still point at them.</summary>
/// <param name="Facts">Null unless the purpose is fine-tune.</param>
internal sealed record StoredFile(
    string Id,
    string Filename,
    string Purpose,
    long Bytes,
    string Sha256,
    DateTimeOffset CreatedAt,
    DateTimeOffset ProcessedAt,
    DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? DeletedAt = null,
    DatasetFacts? Facts = null)
{
    /// <summary>When the file went, or will go, whichever way comes first.</summary>
    public DateTimeOffset GoneAt => Earlier(DeletedAt ?? DateTimeOffset.MaxValue, ExpiresAt ?? DateTimeOffset.MaxValue);

    public bool ExistsAt(DateTimeOffset now) => now < GoneAt;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
