using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FineTune.Hosting;
using FineTune.Ports;
using Microsoft.Extensions.Options;

namespace FineTune.Provider;

/// <summary>The provider over the OpenAI package's pipeline: raw requests and tolerant answers, each call sent once.</summary>
/// <remarks>The package's own models are not used: they lose a job's error, its billed tokens and the paging of its events.</remarks>
/// <param name="transport">Null, unless a host registers one of its own: the network.</param>
/// <param name="time">Null: the system's.</param>
internal sealed class OpenAIFineTuningApi(IOptions<ProviderOptions> options, PipelineTransport? transport = null, TimeProvider? time = null) : IFineTuningApi
{
    private readonly CallPauses _pauses = new(time ?? TimeProvider.System);
    private readonly ProviderClient _client = new(options, transport);

    /// <summary>Null asks for none.</summary>
    private TimeSpan? Lifetime => options.Value.FilesExpireAfter is { } time && time > TimeSpan.Zero ? time : null;

    public async Task<ProviderFile> UploadFileAsync(string fileName, Stream content, CancellationToken cancellationToken)
    {
        PipelineResponse response = await GuardAsync("POST", "files", SendFileAsync, cancellationToken);
        WireFile file = Parse(response.Content, ProviderJson.Default.WireFile);
        return string.IsNullOrEmpty(file.Id)
            ? throw new ProviderUnavailableException("The provider answered an upload without a file id. Looking for the file before trying again.")
            : file.ToFile();

        async Task<PipelineResponse> SendFileAsync()
        {
            using UploadForm form = new(fileName, content, Lifetime);
            ClientResult result = await _client.Files.UploadFileAsync(form, form.ContentType, new RequestOptions { CancellationToken = cancellationToken });
            return result.GetRawResponse();
        }
    }

    public IAsyncEnumerable<ProviderFile> ListFilesAsync(CancellationToken cancellationToken) => ListAsync(
        "files?purpose=fine-tune&order=desc&limit=10000", ProviderJson.Default.WireListWireFile, file => file.Id, file => file.ToFile(), cancellationToken);

    public async Task<ProviderFile?> FindFileAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            return (await GetAsync($"files/{Segment(fileId)}", ProviderJson.Default.WireFile, cancellationToken)).ToFile();
        }
        catch (ProviderRefusedException refused) when (refused.Status == 404)
        {
            return null;
        }
    }

    public async Task<ReadOnlyMemory<byte>> ReadResultFileAsync(string fileId, CancellationToken cancellationToken)
        => ResultFile.Unwrap(await SendAsync("GET", $"files/{Segment(fileId)}/content", null, cancellationToken));

    public async Task<string> DeleteFileAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            return ProviderText.Clean((await SendAsync("DELETE", $"files/{Segment(fileId)}", null, cancellationToken)).ToString());
        }
        catch (ProviderRefusedException refused) when (refused.Status == 404)
        {
            return refused.Error.Message; // Gone already: an earlier attempt, or somebody else, was faster.
        }
    }

    public async Task<CreateJobAnswer> CreateJobAsync(NewJob job, CancellationToken cancellationToken)
    {
        BinaryContent body = BinaryContent.Create(JobRequest.ToJson(job, options.Value.ExtraJobFields, options.Value.Installation));
        try
        {
            return CreateJobReader.Read(await ExchangeAsync("POST", "fine_tuning/jobs", body, cancellationToken), job);
        }
        catch (Exception failure) when (ProviderFailure.IsTransport(failure, cancellationToken))
        {
            return CreateJobReader.Read(failure);
        }
    }

    public IAsyncEnumerable<ProviderJob> ListJobsAsync(string? key, CancellationToken cancellationToken)
    {
        string filter = key is null ? "" : $"&metadata%5B{JobMetadata.Key}%5D={Segment(key)}";
        return ListAsync(
            $"fine_tuning/jobs?limit=100{filter}", ProviderJson.Default.WireListWireJob, job => job.Id, job => job.ToJob(), cancellationToken);
    }

    public async Task<ProviderJob> GetJobAsync(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            return (await GetAsync($"fine_tuning/jobs/{Segment(jobId)}", ProviderJson.Default.WireJob, cancellationToken)).ToJob();
        }
        catch (ProviderRefusedException refused) when (refused.Status == 404)
        {
            // We hold its id, so it exists: a replica that has not heard of it yet.
            throw new ProviderUnavailableException($"The provider does not show job {jobId} yet.", refused);
        }
    }

    public Task<ProviderJob> CancelJobAsync(string jobId, CancellationToken cancellationToken) => AskOfJobAsync(jobId, "cancel", cancellationToken);

    public Task<ProviderJob> PauseJobAsync(string jobId, CancellationToken cancellationToken) => AskOfJobAsync(jobId, "pause", cancellationToken);

    public Task<ProviderJob> ResumeJobAsync(string jobId, CancellationToken cancellationToken) => AskOfJobAsync(jobId, "resume", cancellationToken);

    public async Task<EventPage> ReadEventsAsync(string jobId, string? after, CancellationToken cancellationToken)
    {
        string path = $"fine_tuning/jobs/{Segment(jobId)}/events?limit=100{(after is null ? "" : $"&after={Segment(after)}")}";
        WireList<WireEvent> page = await GetAsync(path, ProviderJson.Default.WireListWireEvent, cancellationToken);
        return new EventPage([.. page.Items.Select(item => item.ToEvent())], page.HasMore);
    }

    public async Task<IReadOnlyList<Checkpoint>> ListCheckpointsAsync(string jobId, CancellationToken cancellationToken)
    {
        WireList<WireCheckpoint> page = await GetAsync(
            $"fine_tuning/jobs/{Segment(jobId)}/checkpoints?limit=100", ProviderJson.Default.WireListWireCheckpoint, cancellationToken);
        return [.. page.Items.Select(item => item.ToCheckpoint())];
    }

    public async Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken)
    {
        WireList<WireModel> page = await GetAsync("models", ProviderJson.Default.WireListWireModel, cancellationToken);
        return [.. page.Items.Select(item => item.Id).OfType<string>()];
    }

    public async Task<ProviderModel?> FindModelAsync(string modelId, CancellationToken cancellationToken)
    {
        try
        {
            return (await GetAsync($"models/{Segment(modelId)}", ProviderJson.Default.WireModel, cancellationToken)).ToModel();
        }
        catch (ProviderRefusedException refused) when (refused.Status == 404)
        {
            return null;
        }
    }

    public async Task<string> AskAsync(string model, string question, CancellationToken cancellationToken)
    {
        WireQuestion body = new(model, [new WireMessage("user", question)]);
        BinaryContent content = BinaryContent.Create(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(body, ProviderJson.Default.WireQuestion)));
        BinaryData answer = await SendAsync("POST", "chat/completions", content, cancellationToken);
        return Parse(answer, ProviderJson.Default.WireChatAnswer).Choices is [{ Message.Content: { } text }, ..]
            ? text
            : throw new ProviderUnavailableException("The provider's answer holds no text.");
    }

    private async Task<ProviderJob> AskOfJobAsync(string jobId, string what, CancellationToken cancellationToken)
    {
        try
        {
            BinaryData answer = await SendAsync("POST", $"fine_tuning/jobs/{Segment(jobId)}/{what}", null, cancellationToken);
            return Parse(answer, ProviderJson.Default.WireJob).ToJob();
        }
        catch (ProviderRefusedException)
        {
            return await GetJobAsync(jobId, cancellationToken); // Too late, or not in this provider's gift: the job as it is tells.
        }
    }

    private async IAsyncEnumerable<TItem> ListAsync<TWire, TItem>(
        string path, JsonTypeInfo<WireList<TWire>> type, Func<TWire, string?> id, Func<TWire, TItem> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        bool more;
        do
        {
            WireList<TWire> page = await GetAsync(after is null ? path : $"{path}&after={Segment(after)}", type, cancellationToken);
            foreach (TWire item in page.Items)
            {
                yield return read(item);
            }

            string? last = page.Items.Count > 0 ? id(page.Items[^1]) : null;
            more = page.HasMore && last is not null && last != after; // or a server that does not know 'after' would be asked for ever
            after = last;
        }
        while (more);
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        => Parse(await SendAsync("GET", path, null, cancellationToken), type);

    private async Task<BinaryData> SendAsync(string method, string path, BinaryContent? body, CancellationToken cancellationToken)
    {
        PipelineResponse response = await GuardAsync(method, path, () => ExchangeAsync(method, path, body, cancellationToken), cancellationToken);
        // The package calls a redirect no error; it is no answer either, and is not followed.
        return response.Status is >= 200 and < 300 ? response.Content : throw ProviderFailure.Of(response);
    }

    /// <summary>Not for the call that costs money: whether it was sent must never be in doubt.</summary>
    private Task<PipelineResponse> GuardAsync(string method, string path, Func<Task<PipelineResponse>> call, CancellationToken cancellationToken)
    {
        string kind = CallPauses.KindOf(method, path);
        _pauses.Keep(kind);
        return ProviderFailure.GuardAsync($"{method} {path.Split('?')[0]}", HearAsync, cancellationToken);

        async Task<PipelineResponse> HearAsync()
        {
            try
            {
                PipelineResponse response = await call();
                _pauses.Hear(kind, response);
                return response;
            }
            catch (ClientResultException answered) when (answered.GetRawResponse() is { } response)
            {
                _pauses.Hear(kind, response);
                throw;
            }
        }
    }

    private async Task<PipelineResponse> ExchangeAsync(string method, string path, BinaryContent? body, CancellationToken cancellationToken)
    {
        using PipelineMessage message = _client.Pipeline.CreateMessage();
        message.Apply(new RequestOptions { CancellationToken = cancellationToken });
        message.Request.Method = method;
        message.Request.Uri = new Uri(_client.Endpoint, path);
        message.Request.Headers.Set("Accept", "application/json");
        if (body is not null)
        {
            message.Request.Headers.Set("Content-Type", "application/json");
            message.Request.Content = body;
        }

        await _client.Pipeline.SendAsync(message);
        return message.ExtractResponse()!;
    }

    private static T Parse<T>(BinaryData content, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(content.ToMemory().Span, type) ?? throw new JsonException("null");
        }
        catch (JsonException unreadable)
        {
            throw new ProviderUnavailableException("The provider's answer is not the JSON it should be.", unreadable);
        }
    }

    private static string Segment(string text) => Uri.EscapeDataString(text);
}
