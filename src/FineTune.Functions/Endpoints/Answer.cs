using FineTune.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FineTune.Functions.Endpoints;

/// <summary>What an operation returned, as HTTP says it. Addresses are our own routes only: the engine's carry a key to every instance.</summary>
internal static class Answer
{
    public static IResult Started(StartedRun started) => started.IsNew
        ? TypedResults.Created(RouteOf(started.Run), started.Run)
        : TypedResults.Ok(started.Run);

    public static IResult Accepted(RunView run) => TypedResults.Accepted(RouteOf(run), run);

    public static IResult Found<T>(T? view, string otherwise)
        where T : class => view is null ? TypedResults.Problem(otherwise, statusCode: StatusCodes.Status404NotFound) : TypedResults.Ok(view);

    public static IResult Report(RunReport? report) => report is null
        ? TypedResults.Problem("The dataset is not inspected yet. Ask again later.", statusCode: StatusCodes.Status404NotFound)
        : TypedResults.Stream(report.Content, report.MediaType);

    public static IResult Webhook(WebhookAnswer answer) => answer switch
    {
        WebhookAnswer.NotConfigured => TypedResults.Problem("No webhook secret is configured here.", statusCode: StatusCodes.Status404NotFound),
        WebhookAnswer.Refused => TypedResults.Problem("The signature or its time is not right.", statusCode: StatusCodes.Status401Unauthorized),
        _ => TypedResults.Accepted((string?)null),
    };

    /// <summary>Which part is ill, but not why: the words of storage are for the log.</summary>
    public static IResult Health(HealthReport report) => report.Status is HealthStatus.Healthy
        ? TypedResults.Ok(new { status = "Healthy" })
        : TypedResults.Problem(
            $"Not healthy: {string.Join(", ", report.Entries.Where(part => part.Value.Status is not HealthStatus.Healthy).Select(part => part.Key))}.",
            statusCode: StatusCodes.Status503ServiceUnavailable);

    private static string RouteOf(RunView run) => $"/api/runs/{run.RunId}";
}
