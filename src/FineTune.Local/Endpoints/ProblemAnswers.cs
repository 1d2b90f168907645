using FineTune.Ports;
using Microsoft.AspNetCore.Diagnostics;

namespace FineTune.Local.Endpoints;

/// <summary>What cannot be done, as problem+json: what was found, what was expected, what to do.</summary>
internal sealed class ProblemAnswers(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        int? status = exception switch
        {
            RunNotFoundException => StatusCodes.Status404NotFound,
            PermanentFailureException => StatusCodes.Status400BadRequest,
            BadHttpRequestException bad => bad.StatusCode,
            _ => null,
        };
        if (status is null)
        {
            return false;
        }

        httpContext.Response.StatusCode = status.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = status, Detail = DetailOf(exception) },
        });
    }

    /// <summary>A body that cannot be read is explained by the reader's own words, which name the place in the JSON.</summary>
    private static string DetailOf(Exception exception)
        => exception is BadHttpRequestException { InnerException: System.Text.Json.JsonException json }
            ? $"The request's body is not the JSON expected here: {json.Message}"
            : exception.Message;
}
