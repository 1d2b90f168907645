using System.Text.Json;
using FineTune.Emulator.Faults;
using FineTune.Emulator.State;
using FineTune.Emulator.Time;
using Microsoft.AspNetCore.Http.Features;

namespace FineTune.Emulator.Ledger;

/// <summary>Writes down every request to the provider's paths, before faults can touch it.</summary>
internal sealed class LedgerMiddleware(RequestDelegate next, RequestLog log, EmulatorState state, EmulatedClock clock)
{
    public const string NoKey = "(none)";
    private const long LargestJobBody = 1024 * 1024;
    private const string JobsPath = "/v1/fine_tuning/jobs";

    public async Task InvokeAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (!path.StartsWith("/v1", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var at = clock.Now;
        string method = context.Request.Method;
        log.Arrived(method, RouteOf(context) ?? "(no such route)");
        if (path == JobsPath && HttpMethods.IsPost(method))
        {
            await NotePostAsync(context);
        }

        try
        {
            await next(context);
        }
        finally
        {
            bool reset = context.Faults().ResetsConnection || context.RequestAborted.IsCancellationRequested;
            log.Finished(new LedgerRequest(method, path, reset ? 0 : context.Response.StatusCode, at));
        }
    }

    private static string? RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/');

    /// <summary>The key is counted even where a fault or the endpoint refuses the job, so the small body is read ahead.</summary>
    private async Task NotePostAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestJobBody;
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        context.Request.Body = body;
        state.Commit(new JobPosted(KeyIn(body.GetBuffer().AsMemory(0, (int)body.Length)) ?? NoKey));
    }

    private static string? KeyIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                && metadata.TryGetProperty(LedgerReader.KeyName, out var key) && key.ValueKind == JsonValueKind.String
                ? key.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
