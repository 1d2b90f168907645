using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FineTune.Emulator.Jobs;
using FineTune.Emulator.State;
using FineTune.Emulator.Storage;

namespace FineTune.Emulator.Webhooks;

/// <summary>Where webhooks go, and the secret they are signed under.</summary>
/// <param name="Secret"><c>whsec_</c> and base64.</param>
public sealed record WebhookTarget(Uri Url, string Secret);

/// <summary>Tells one address of every job that comes to its end, signed as Standard Webhooks says, and again until it is taken. Targets are forgotten on a restart.</summary>
internal sealed class WebhookSender(EmulatorState state, JobReader jobs, IdSource ids, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Dictionary<string, string> _told = [];
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WebhookTarget? _target;

    /// <summary>From now on; jobs that are over already are not told of.</summary>
    public void SendTo(WebhookTarget target)
    {
        lock (_told)
        {
            foreach (var job in state.Jobs.All().Where(IsOver))
            {
                _told.TryAdd(job.Id, "");
            }
        }

        _target = target;
        _asked.TrySetResult();
    }

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _asked.Task.WaitAsync(stoppingToken);
        using PeriodicTimer timer = new(LookEvery); // real time: a clock that a test moves by years would tick millions of times
        do
        {
            await TellAsync(_target!, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TellAsync(WebhookTarget target, CancellationToken cancellationToken)
    {
        foreach (var job in state.Jobs.All().Where(IsOver))
        {
            string? messageId;
            lock (_told)
            {
                if (!_told.TryGetValue(job.Id, out messageId))
                {
                    _told[job.Id] = messageId = ids.Next("wh_", 24); // the same at every attempt
                }
            }

            if (messageId.Length > 0 && await TryPostAsync(target, messageId, job, cancellationToken))
            {
                lock (_told)
                {
                    _told[job.Id] = "";
                }
            }
        }
    }

    private async Task<bool> TryPostAsync(WebhookTarget target, string messageId, FineTuningJob job, CancellationToken cancellationToken)
    {
        JsonObject message = new()
        {
            ["id"] = messageId.Replace("wh_", "evt_", StringComparison.Ordinal),
            ["object"] = "event",
            ["type"] = $"fine_tuning.job.{jobs.MomentOf(job).Status}",
            ["created_at"] = jobs.Now.ToUnixTimeSeconds(),
            ["data"] = new JsonObject { ["id"] = job.Id },
        };
        byte[] body = Encoding.UTF8.GetBytes(message.ToJsonString());
        string timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] key = Convert.FromBase64String(target.Secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{messageId}.{timestamp}."), .. body];
        using HttpRequestMessage request = new(HttpMethod.Post, target.Url);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        request.Headers.Add("webhook-id", messageId);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(key.AsSpan(), signed)));
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private bool IsOver(FineTuningJob job) => JobStatus.IsFinal(jobs.MomentOf(job).Status);
}
