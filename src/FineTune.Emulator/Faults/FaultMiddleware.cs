using Microsoft.AspNetCore.Http.Features;

namespace FineTune.Emulator.Faults;

/// <summary>Lets scripted faults happen to requests. Only the provider's paths are touched, never the control endpoints.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, FaultScript script, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        var faults = path.StartsWith("/v1", StringComparison.Ordinal) ? script.Claim(context.Request.Method, path) : ActiveFaults.None;
        context.Features.Set(faults);
        return faults.OfRequest is { } fault ? HappenAsync(fault, context) : next(context);
    }

    private Task HappenAsync(Fault fault, HttpContext context) => fault.Kind switch
    {
        FaultKind.FailBefore => ScriptedAnswer.FailAsync(context, fault),
        FaultKind.CommitThenDrop => CommitThenAsync(context, _ => Abort(context)),
        FaultKind.ResetMidUpload => ResetMidUploadAsync(context, fault.AfterBytes ?? 0),
        FaultKind.GarbledBody => CommitThenAsync(context, answer => ScriptedAnswer.GarbleAsync(context, fault, answer)),
        FaultKind.Delay when fault.AfterCommit => CommitThenAsync(context, async answer =>
        {
            await WaitAsync(fault, context);
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        }),
        FaultKind.Delay => DelayBeforeAsync(context, fault),
        _ => throw new InvalidOperationException($"{fault.Kind} does not happen to requests."),
    };

    private async Task DelayBeforeAsync(HttpContext context, Fault fault)
    {
        await WaitAsync(fault, context);
        await next(context);
    }

    private Task WaitAsync(Fault fault, HttpContext context)
    {
        var delay = fault.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
        return Task.Delay(delay, time, context.RequestAborted);
    }

    /// <summary>Does the whole work with the answer held back, then something else with it.</summary>
    private async Task CommitThenAsync(HttpContext context, Func<byte[], Task> then)
    {
        var real = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var held = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(held));
        try
        {
            await next(context);
            await context.Response.CompleteAsync();
        }
        finally
        {
            context.Features.Set(real);
        }

        await then(held.ToArray());
    }

    private async Task ResetMidUploadAsync(HttpContext context, long afterBytes)
    {
        context.Request.Body = new ResettingStream(context.Request.Body, afterBytes, context.Abort);
        try
        {
            await next(context);
        }
        catch (ConnectionResetByFaultException)
        {
            // As scripted: whatever the endpoint had begun is undone, and nobody is left to answer.
        }

        context.Abort();
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
