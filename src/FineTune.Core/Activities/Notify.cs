using System.Text.Json;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Webhooks;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FineTune.Activities;

/// <summary>Tells the configured address how a run ended. Codes and ids only: the provider's words may quote what was trained on.</summary>
public sealed partial class Notify(IRunLedger ledger, WebhookSender sender, IOptions<FineTuneOptions> options, ILogger<Notify> logger)
{
    public async Task<Done> RunAsync(NotifyInput input, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunRowMissingException(input.RunId);
        if (options.Value.Webhooks.Url is not null)
        {
            string id = $"{run.RunId}-{run.Status}".ToLowerInvariant();
            await sender.SendAsync(id, JsonSerializer.SerializeToUtf8Bytes(RunEnded.Of(run), FineTuneJson.Default.RunEnded), cancellationToken);
            Log.Told(logger, run.RunId, run.Status);
        }

        return new Done();
    }

    private static partial class Log
    {
        [LoggerMessage(222, LogLevel.Information, "Run {RunId}: told the webhook that it ended as {Status}.")]
        public static partial void Told(ILogger logger, string runId, RunStatus status);
    }
}
