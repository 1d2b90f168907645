namespace FineTune.Local.Endpoints;

/// <summary>
/// The server has no passwords, so it answers this machine only: a web page that points its own name at 127.0.0.1, or posts a form
/// from elsewhere, is turned away.
/// </summary>
internal static class LocalOnly
{
    public static WebApplication UseLocalOnly(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            bool isLocalHost = context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
            bool isLocalOrigin = !context.Request.Headers.TryGetValue("Origin", out var origin)
                || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.IsLoopback);
            if ((isLocalHost && isLocalOrigin) || context.Request.Path == WebhookEndpoint.Path)
            {
                return next(context);
            }

            return TypedResults.Problem(
                "This server answers programs and pages of this machine only. Call it as http://127.0.0.1 or http://localhost.",
                statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
        });
        return app;
    }
}
