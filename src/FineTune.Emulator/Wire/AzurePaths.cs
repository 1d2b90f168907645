namespace FineTune.Emulator.Wire;

/// <summary>Azure OpenAI serves the same API under /openai/v1.</summary>
internal sealed class AzurePaths(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/openai/v1", StringComparison.OrdinalIgnoreCase, out var rest))
        {
            context.Request.Path = new PathString("/v1").Add(rest);
        }

        return next(context);
    }
}
