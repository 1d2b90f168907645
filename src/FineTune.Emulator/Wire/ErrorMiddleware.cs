using System.Text.Json;
using FineTune.Emulator.Faults;

namespace FineTune.Emulator.Wire;

/// <summary>Turns refusals into the provider's error bodies, and asks for a key. Any key will do; none is kept.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next)
{
    private const string FilesPath = "/v1/files";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            RequireKey(context.Request);
            await next(context);
            if (context.GetEndpoint() is null && !context.Response.HasStarted)
            {
                throw new ApiException(404, $"Invalid URL ({context.Request.Method} {context.Request.Path})");
            }
        }
        catch (ApiException e)
        {
            await AnswerAsync(context, e);
        }
        catch (BadHttpRequestException e)
        {
            string why = e.InnerException is JsonException json ? json.Message : "a parameter or the body is malformed.";
            await AnswerAsync(context, new ApiException(e.StatusCode, $"The request could not be read: {why}"));
        }
        catch (Exception e) when (!IsClientGone(context, e) && !context.Response.HasStarted)
        {
            // A defect of the emulator must not look like a dropped connection. Its message may hold data; its type does not.
            await AnswerAsync(context, new ApiException(500, $"The emulator itself failed ({e.GetType().Name}).", type: "server_error"));
        }
    }

    private static bool IsClientGone(HttpContext context, Exception e)
        => e is ConnectionResetByFaultException || context.RequestAborted.IsCancellationRequested;

    private static void RequireKey(HttpRequest request)
    {
        bool provider = request.Path.StartsWithSegments("/v1", StringComparison.Ordinal);
        bool bearer = request.Headers.Authorization.ToString() is ['B' or 'b', ..] header
            && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.Length > "Bearer ".Length;
        if (provider && !bearer && request.Headers["api-key"].Count == 0)
        {
            throw new ApiException(
                401,
                "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth " +
                "(i.e. Authorization: Bearer YOUR_KEY).");
        }
    }

    private static Task AnswerAsync(HttpContext context, ApiException refusal)
    {
        var error = refusal.Error;
        bool detailed = context.Request.Path.StartsWithSegments(FilesPath, StringComparison.Ordinal);
        var body = new WireErrorBody(error, detailed ? new WireErrorDetail(error.Message, error.Code) : null);
        context.Response.StatusCode = refusal.Status;
        return context.Response.WriteAsJsonAsync(body, WireJson.Default.WireErrorBody, cancellationToken: context.RequestAborted);
    }
}
