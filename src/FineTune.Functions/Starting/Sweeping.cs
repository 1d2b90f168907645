using FineTune.Sweeping;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FineTune.Functions.Starting;

/// <summary>The sweep, by the clock and on demand: events get lost, and storage can be.</summary>
public sealed class Sweeping(Sweep sweep)
{
    /// <summary>Well within the hour after which silence is an alarm.</summary>
    private const string EveryTenMinutes = "0 */10 * * * *";

    [Function("SweepOnTimer")]
    public Task OnTimerAsync(
        [TimerTrigger(EveryTenMinutes)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
        => sweep.RunAsync(cancellationToken);

    [Function(nameof(Sweep))]
    public async Task<IResult> OnRequestAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sweep")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => TypedResults.Ok(await sweep.RunAsync(cancellationToken));
}
