namespace FineTune.Ports;

/// <summary>
/// The provider's fine-tuning API. Nothing here retries: what passes is thrown as <see cref="ProviderUnavailableException"/> and retried
/// durably by the workflow's rule; what cannot be cured is a <see cref="ProviderRefusedException"/>.
/// </summary>
public interface IFineTuningApi
{
    Task<ProviderFile> UploadFileAsync(string fileName, Stream content, CancellationToken cancellationToken);

    /// <summary>Files uploaded for fine-tuning, newest first, under the names they were uploaded by; without those of other installations.</summary>
    IAsyncEnumerable<ProviderFile> ListFilesAsync(CancellationToken cancellationToken);

    /// <summary>Null when there is no such file (any more).</summary>
    Task<ProviderFile?> FindFileAsync(string fileId, CancellationToken cancellationToken);

    /// <summary>The bytes of a result file, freed of the base64 that some providers wrap around it.</summary>
    Task<ReadOnlyMemory<byte>> ReadResultFileAsync(string fileId, CancellationToken cancellationToken);

    /// <summary>A file that is gone already counts as deleted.</summary>
    /// <returns>The provider's own answer, as proof.</returns>
    Task<string> DeleteFileAsync(string fileId, CancellationToken cancellationToken);

    /// <summary>The only call that costs money: sent exactly once, and every answer, even none, is a return value.</summary>
    Task<CreateJobAnswer> CreateJobAsync(NewJob job, CancellationToken cancellationToken);

    /// <summary>Newest first. The filter is the provider's and may be ignored by it: match again what comes back.</summary>
    /// <param name="key">Only jobs whose metadata says this key; null for all.</param>
    IAsyncEnumerable<ProviderJob> ListJobsAsync(string? key, CancellationToken cancellationToken);

    Task<ProviderJob> GetJobAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The job as it is after the request; one that is final already is no error.</summary>
    Task<ProviderJob> CancelJobAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The job as it is after the request; a provider that cannot pause it, or not now, lets it go on.</summary>
    Task<ProviderJob> PauseJobAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The job as it is after the request; one that was not paused is no error.</summary>
    Task<ProviderJob> ResumeJobAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>One page, newest first.</summary>
    /// <param name="after">The last id of the page before; null for the newest page.</param>
    Task<EventPage> ReadEventsAsync(string jobId, string? after, CancellationToken cancellationToken);

    Task<IReadOnlyList<Checkpoint>> ListCheckpointsAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The ids of the models this account can use.</summary>
    Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken);

    /// <summary>Null when there is no such model (yet).</summary>
    Task<ProviderModel?> FindModelAsync(string modelId, CancellationToken cancellationToken);

    /// <summary>One chat question to a model, and its answer.</summary>
    Task<string> AskAsync(string model, string question, CancellationToken cancellationToken);
}
