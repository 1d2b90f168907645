namespace FineTune.Emulator.Ledger;

/// <summary>
/// What the emulator saw and what it holds: the judge's copy of the story. Requests count since this start; the rest survives
/// restarts.
/// </summary>
/// <param name="Requests">By method and route, such as "POST /v1/fine_tuning/jobs"; counted on arrival.</param>
/// <param name="JobPosts">Create-job requests by the metadata pair ft_key, whatever became of them; "(none)" without it.</param>
/// <param name="Jobs">Jobs that exist, by the same key.</param>
/// <param name="UploadsByName">Files ever stored, by file name.</param>
/// <param name="UploadsBySha256">Files ever stored, by content.</param>
/// <param name="StoredFiles">Uploaded files not deleted or expired. Result files are not listed.</param>
/// <param name="LiveJobs">Jobs that are not final.</param>
/// <param name="Log">The newest requests, oldest first.</param>
/// <param name="LogDropped">Requests that no longer fit into the log.</param>
public sealed record LedgerReport(
    DateTimeOffset Now,
    IReadOnlyDictionary<string, int> Requests,
    IReadOnlyDictionary<string, int> JobPosts,
    IReadOnlyDictionary<string, int> Jobs,
    IReadOnlyDictionary<string, int> UploadsByName,
    IReadOnlyDictionary<string, int> UploadsBySha256,
    IReadOnlyList<LedgerFile> StoredFiles,
    IReadOnlyList<LedgerJob> LiveJobs,
    IReadOnlyList<LedgerRequest> Log,
    long LogDropped);

/// <summary>A file the emulator still holds.</summary>
public sealed record LedgerFile(string Id, string Filename, string Purpose, long Bytes, string Sha256);

/// <summary>A job that is not final.</summary>
public sealed record LedgerJob(string Id, string Status, string? Key, string TrainingFile);

/// <summary>One request: no body, no header, no query.</summary>
/// <param name="Status">0 where the connection was reset before an answer.</param>
/// <param name="At">Emulated time of arrival.</param>
public sealed record LedgerRequest(string Method, string Path, int Status, DateTimeOffset At);
