using System.Text;
using System.Text.Json;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Faults;

/// <summary>Answers that come from the script instead of an endpoint.</summary>
internal static class ScriptedAnswer
{
    public static Task FailAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Status ?? 500;
        SetHeaders(context.Response, fault);
        context.Response.ContentType ??= "application/json";
        byte[] body = fault.Body is { } text
            ? Encoding.UTF8.GetBytes(text)
            : JsonSerializer.SerializeToUtf8Bytes(DefaultError(fault), WireJson.Default.WireErrorBody);
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>A scripted body; or the real answer announced whole and cut by a reset; or a whole answer that is half the JSON.</summary>
    public static async Task GarbleAsync(HttpContext context, Fault fault, byte[] answer)
    {
        context.Response.StatusCode = fault.Status ?? 200;
        SetHeaders(context.Response, fault);
        if (fault.AfterBytes is not { } cut)
        {
            byte[] body = fault.Body is { } text ? Encoding.UTF8.GetBytes(text) : answer[..(answer.Length / 2)];
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }

        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer.AsMemory(0, (int)Math.Min(cut, answer.Length)), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static WireErrorBody DefaultError(Fault fault)
    {
        int status = fault.Status ?? 500;
        string type = status >= 500 ? "server_error" : status == 429 ? "rate_limit_error" : ApiException.InvalidRequest;
        string message = fault.Message ?? $"Scripted fault ({status}).";
        return new WireErrorBody(new WireError(message, type, fault.Param, fault.Code), Detail: null);
    }

    private static void SetHeaders(HttpResponse response, Fault fault)
    {
        foreach (var header in fault.Headers ?? [])
        {
            response.Headers[header.Key] = header.Value;
        }

        if (fault.RetryAfter is not null)
        {
            response.Headers.RetryAfter = fault.RetryAfter;
        }
    }
}
