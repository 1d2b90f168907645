using System.Text.Json.Serialization;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Sweeping;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FineTune.Local.Endpoints;

/// <summary>The HTTP API: what a person can ask, each route one operation.</summary>
internal static class RunEndpoints
{
    public static IServiceCollection AddRunEndpoints(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(http =>
        {
            http.SerializerOptions.TypeInfoResolverChain.Insert(0, FineTuneJson.Default);
            http.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // so that ProblemAnswers says what is wrong
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = ProblemAnswers.Complete);
        services.AddExceptionHandler<ProblemAnswers>();
        services.AddOpenApi();
        return services;
    }

    public static void MapRunEndpoints(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapOpenApi();

        RouteGroupBuilder runs = app.MapGroup("/api/runs").WithTags("Runs");
        runs.MapPost("/", StartAsync).WithSummary("Start the run of a dataset that is in the folder, or find the one there is.").ProducesProblem(400);
        runs.MapGet("/", ListAsync).WithSummary("The runs, newest first.");
        runs.MapGet("/{runId}", GetAsync).WithSummary("One run, with where it is right now.").ProducesProblem(404);
        runs.MapGet("/{runId}/events", EventsAsync).WithSummary("What the provider told about its job, oldest first.").ProducesProblem(404);
        runs.MapGet("/{runId}/report", ReportAsync).WithSummary("The inspection report of its dataset: JSON, or a page for who accepts text/html.").ProducesProblem(404);
        runs.MapPost("/{runId}/cancel", CancelAsync).WithSummary("Ask it to stop at the next safe place.").ProducesProblem(404);
        runs.MapPost("/{runId}/decision", DecideAsync).WithSummary("Approve or reject its price.").ProducesProblem(400).ProducesProblem(404);
        runs.MapPost("/{runId}/pause", PauseAsync).WithSummary("Hold it: it begins nothing that costs money, and its job is asked to pause.").ProducesProblem(404);
        runs.MapPost("/{runId}/resume", ResumeAsync).WithSummary("Let it go on.").ProducesProblem(404);
        app.MapGet("/api/budget", BudgetAsync).WithTags("Budget").WithSummary("What this month's runs have cost and may still cost.");
        app.MapPost("/api/sweep", SweepAsync).WithTags("Runs").WithSummary("Put right what events, crashes and lost storage have left behind.");
        app.MapGet("/health", () => TypedResults.Ok()).ExcludeFromDescription();
    }

    private static async Task<Results<Created<RunView>, Ok<RunView>>> StartAsync(StartRequest request, StartRun start, CancellationToken cancellationToken)
    {
        StartedRun started = await start.OnRequestAsync(request, cancellationToken);
        return started.IsNew ? TypedResults.Created($"/api/runs/{started.Run.RunId}", started.Run) : TypedResults.Ok(started.Run);
    }

    private static async Task<Ok<RunView[]>> ListAsync(ListRuns list, CancellationToken cancellationToken, RunStatus? status = null, int limit = 100)
        => TypedResults.Ok<RunView[]>([.. await list.RunAsync(status, limit, cancellationToken)]);

    private static async Task<Ok<RunView>> GetAsync(string runId, GetRun get, CancellationToken cancellationToken)
        => TypedResults.Ok(await get.RunAsync(runId, cancellationToken));

    private static async Task<Ok<RunEvent[]>> EventsAsync(string runId, ListEvents list, CancellationToken cancellationToken)
        => TypedResults.Ok<RunEvent[]>([.. await list.RunAsync(runId, cancellationToken)]);

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReportAsync(
        string runId, ReadReport read, HttpRequest request, CancellationToken cancellationToken)
        => await read.RunAsync(runId, request.Headers.Accept, cancellationToken) is { } report
            ? TypedResults.Stream(report.Content, report.MediaType)
            : TypedResults.Problem("The dataset is not inspected yet. Ask again later.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<Accepted<RunView>> CancelAsync(string runId, CancelRun cancel, CancellationToken cancellationToken)
        => TypedResults.Accepted($"/api/runs/{runId}", await cancel.RunAsync(runId, "an HTTP request", cancellationToken));

    private static async Task<Accepted<RunView>> DecideAsync(string runId, Decision decision, DecideRun decide, CancellationToken cancellationToken)
        => TypedResults.Accepted($"/api/runs/{runId}", await decide.RunAsync(runId, decision, cancellationToken));

    private static async Task<Accepted<RunView>> PauseAsync(string runId, PauseRun pause, CancellationToken cancellationToken, string by = "an HTTP request")
        => TypedResults.Accepted($"/api/runs/{runId}", await pause.RunAsync(runId, by, cancellationToken));

    private static async Task<Accepted<RunView>> ResumeAsync(string runId, ResumeRun resume, CancellationToken cancellationToken, string by = "an HTTP request")
        => TypedResults.Accepted($"/api/runs/{runId}", await resume.RunAsync(runId, by, cancellationToken));

    private static async Task<Ok<BudgetView>> BudgetAsync(ReadBudget read, CancellationToken cancellationToken)
        => TypedResults.Ok(await read.RunAsync(cancellationToken));

    private static async Task<Ok<SweepReport>> SweepAsync(Sweep sweep, CancellationToken cancellationToken)
        => TypedResults.Ok(await sweep.RunAsync(cancellationToken));
}
