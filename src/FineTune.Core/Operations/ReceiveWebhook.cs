using System.Text.Json;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Provider;
using FineTune.Webhooks;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FineTune.Operations;

/// <summary>A request to the webhook's address, as it came.</summary>
/// <param name="Id">The header <c>webhook-id</c>.</param>
/// <param name="Timestamp">The header <c>webhook-timestamp</c>.</param>
/// <param name="Signatures">The header <c>webhook-signature</c>.</param>
/// <param name="Body">Its bytes, unchanged: they are what is signed.</param>
public sealed record WebhookMessage(string? Id, string? Timestamp, string? Signatures, ReadOnlyMemory<byte> Body);

/// <summary>What to answer.</summary>
public enum WebhookAnswer
{
    /// <summary>No secret is configured: 404, for there is nothing here.</summary>
    NotConfigured,

    /// <summary>Not signed by anybody we know, or not lately: 401.</summary>
    Refused,

    /// <summary>Signed and understood, whether or not it was of any use: 202.</summary>
    Taken,
}

/// <summary>The provider says that a job has come to an end. Nothing it says is believed: it only wakes the follower, which asks the provider.</summary>
public sealed partial class ReceiveWebhook(
    IFineTuningApi api, IRunLedger ledger, IWorkflowClient workflows, SeenWebhooks seen, TimeProvider time, IOptions<FineTuneOptions> options,
    ILogger<ReceiveWebhook> logger)
{
    /// <summary>In bytes; a head reads no more of a request.</summary>
    public const int LongestBody = 64 * 1024;

    private const string JobEvents = "fine_tuning.job.";

    /// <exception cref="ProviderUnavailableException">The job could not be looked up; the provider sends the message again.</exception>
    public async Task<WebhookAnswer> RunAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        IList<string> secrets = options.Value.Webhooks.ProviderSecrets;
        if (secrets.Count == 0)
        {
            return WebhookAnswer.NotConfigured;
        }

        if (message is not { Id.Length: > 0, Timestamp: not null, Signatures: not null }
            || !WebhookSignature.IsRight(secrets, message.Id, message.Timestamp, message.Signatures, message.Body.Span, time.GetUtcNow()))
        {
            Log.Refused(logger);
            return WebhookAnswer.Refused;
        }

        if (JobIn(message.Body) is { Length: > 0 } jobId && seen.TryAdd(message.Id))
        {
            await WakeAsync(message.Id, jobId, cancellationToken);
        }

        return WebhookAnswer.Taken;
    }

    private async Task WakeAsync(string messageId, string jobId, CancellationToken cancellationToken)
    {
        try
        {
            ProviderJob job = await api.GetJobAsync(jobId, cancellationToken);
            SpendingClaim? claim = job.Key is null ? null : await ledger.FindClaimAsync(job.Key, cancellationToken);
            if (claim?.JobId == jobId)
            {
                await workflows.RaiseEventAsync(
                    FollowJobWorkflow.IdFor(claim.RunId), RunSignal.EventName, new RunSignal(RunSignalKind.Wake, "the provider"), cancellationToken);
                Log.Woken(logger, claim.RunId, jobId);
            }
        }
        catch
        {
            seen.Remove(messageId);
            throw;
        }
    }

    /// <summary>Null for what is not about a job.</summary>
    private static string? JobIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument told = JsonDocument.Parse(body);
            return told.RootElement.Field("type")?.Word()?.StartsWith(JobEvents, StringComparison.Ordinal) is true
                ? told.RootElement.Field("data")?.Field("id")?.Word() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(220, LogLevel.Warning, "A webhook was refused: it is not signed under a secret of ours, or its time is out of tolerance.")]
        public static partial void Refused(ILogger logger);

        [LoggerMessage(221, LogLevel.Information, "Run {RunId}: the provider's webhook woke the follower of job {JobId}.")]
        public static partial void Woken(ILogger logger, string runId, string jobId);
    }
}
