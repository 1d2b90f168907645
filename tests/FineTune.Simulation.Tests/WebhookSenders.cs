using System.Text;
using FineTune.Operations;
using FineTune.Simulation.Tests.World;
using FineTune.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Simulation.Tests;

/// <summary>The provider's webhooks, and what somebody sends in its name.</summary>
internal sealed class WebhookSenders(SimulatedWorld world)
{
    /// <summary>Who calls when a forged message is at work; nobody may.</summary>
    public const string Forger = "forged webhook";

    /// <summary>The forger's own.</summary>
    public const string AnotherSecret = "whsec_bm90LXRoZS1wcm92aWRlcnMtc2VjcmV0IQ==";

    private readonly SortedSet<string> _jobs = new(StringComparer.Ordinal);
    private int _sent;

    /// <summary>About any job there is or was: mostly it has not come to its end. One in three comes late, every other twice.</summary>
    public void Send(SimulatedHost host, int which)
    {
        if (JobOf(which) is { } job)
        {
            DateTimeOffset at = world.Clock.GetUtcNow() - (which % 3 == 0 ? TimeSpan.FromHours(1) : TimeSpan.Zero);
            WebhookMessage message = Write(job, SimulatedWorld.WebhookSecret, at);
            for (int times = 1 + (which % 2); times > 0; times--)
            {
                host.Ask($"webhook {++_sent}", (services, token) => services.GetRequiredService<ReceiveWebhook>().RunAsync(message, token));
            }
        }
    }

    public void Forge(SimulatedHost host, int which)
    {
        WebhookMessage message = Write(JobOf(which) ?? "ftjob-none", AnotherSecret, world.Clock.GetUtcNow());
        host.Ask($"{Forger} {++_sent}", async (services, token) =>
        {
            if (await services.GetRequiredService<ReceiveWebhook>().RunAsync(message, token) is not WebhookAnswer.Refused)
            {
                world.Chronicle.Blame("I9", "a forged webhook was taken");
            }
        });
    }

    private string? JobOf(int which)
    {
        _jobs.UnionWith(world.Provider.Books.LiveJobs.Select(job => job.Id));
        return _jobs.Count == 0 ? null : _jobs.ElementAt(which % _jobs.Count);
    }

    private WebhookMessage Write(string jobId, string secret, DateTimeOffset at)
    {
        string id = $"evt_{++_sent}";
        byte[] body = Encoding.UTF8.GetBytes($$"""{"type": "fine_tuning.job.succeeded", "data": {"id": "{{jobId}}"} }""");
        return new WebhookMessage(id, at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), WebhookSignature.Sign(secret, id, at, body), body);
    }
}
