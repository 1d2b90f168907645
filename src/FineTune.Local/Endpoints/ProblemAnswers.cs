using System.Text.Json;
using System.Text.RegularExpressions;
using FineTune.Operations;
using FineTune.Ports;
using Microsoft.AspNetCore.Diagnostics;

namespace FineTune.Local.Endpoints;

/// <summary>What cannot be done, as problem+json: what was found, what was expected, what to do.</summary>
internal sealed partial class ProblemAnswers(IProblemDetailsService problems) : IExceptionHandler
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

    /// <summary>What the server refuses before any of our code is asked is explained, too.</summary>
    public static void Complete(ProblemDetailsContext context)
        => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this address. What there is: /openapi/v1.json.",
            StatusCodes.Status405MethodNotAllowed => "This address does not take that method. What it takes: /openapi/v1.json.",
            StatusCodes.Status415UnsupportedMediaType => "Send JSON, with the header Content-Type: application/json.",
            _ => null,
        };

    /// <summary>The server's own words are about types and parameters, which mean nothing to who sent the request.</summary>
    private static string DetailOf(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => $"The request's body is not the JSON expected here: {UnreadableJson.Explain(json)}",
        BadHttpRequestException bad when WrongValue().Match(bad.Message) is { Success: true } wrong
            => $"{wrong.Groups["name"].Value} is '{wrong.Groups["value"].Value}', which it cannot be. What it can be: /openapi/v1.json.",
        BadHttpRequestException bad when bad.Message.Contains("no body was provided", StringComparison.Ordinal) => "The request has no body. Send a JSON object.",
        _ => exception.Message,
    };

    [GeneratedRegex("""^Failed to bind parameter ".* (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex WrongValue();
}
