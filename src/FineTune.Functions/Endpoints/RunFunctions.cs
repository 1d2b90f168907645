using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FineTune.Functions.Endpoints;

/// <summary>What a person can ask of runs, each route one operation.</summary>
public sealed class RunFunctions(
    StartRun startRun,
    ListRuns listRuns,
    GetRun getRun,
    ListEvents listEvents,
    ReadReport readReport,
    CancelRun cancelRun,
    DecideRun decideRun,
    PauseRun pauseRun,
    ResumeRun resumeRun)
{
    [Function(nameof(StartRun))]
    public async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => Answer.Started(await startRun.OnRequestAsync(
            await request.ReadAsync(FineTuneJson.Default.StartRequest, cancellationToken), cancellationToken));

    [Function(nameof(ListRuns))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs")] HttpRequest request, CancellationToken cancellationToken)
        => TypedResults.Ok<RunView[]>([.. await listRuns.RunAsync(request.StatusAsked(), request.LimitAsked(), cancellationToken)]);

    [Function(nameof(GetRun))]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{runId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string runId,
        CancellationToken cancellationToken)
        => TypedResults.Ok(await getRun.RunAsync(runId, cancellationToken));

    [Function(nameof(ListEvents))]
    public async Task<IResult> EventsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{runId}/events")] HttpRequest request, string runId, CancellationToken cancellationToken)
        => TypedResults.Ok<RunEvent[]>([.. await listEvents.RunAsync(runId, cancellationToken)]);

    [Function(nameof(ReadReport))]
    public async Task<IResult> ReportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{runId}/report")] HttpRequest request, string runId, CancellationToken cancellationToken)
        => Answer.Report(await readReport.RunAsync(runId, request.Headers.Accept, cancellationToken));

    [Function(nameof(CancelRun))]
    public async Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/cancel")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string runId,
        CancellationToken cancellationToken)
        => Answer.Accepted(await cancelRun.RunAsync(runId, request.Caller(), cancellationToken));

    [Function(nameof(DecideRun))]
    public async Task<IResult> DecideAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/decision")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string runId,
        CancellationToken cancellationToken)
        => Answer.Accepted(await decideRun.RunAsync(runId, await request.ReadDecisionAsync(cancellationToken), cancellationToken));

    [Function(nameof(PauseRun))]
    public async Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/pause")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string runId,
        CancellationToken cancellationToken)
        => Answer.Accepted(await pauseRun.RunAsync(runId, request.Caller(), cancellationToken));

    [Function(nameof(ResumeRun))]
    public async Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/resume")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string runId,
        CancellationToken cancellationToken)
        => Answer.Accepted(await resumeRun.RunAsync(runId, request.Caller(), cancellationToken));
}
