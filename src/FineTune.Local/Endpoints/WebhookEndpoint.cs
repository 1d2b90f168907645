using FineTune.Operations;
using FineTune.Webhooks;

namespace FineTune.Local.Endpoints;

/// <summary>Where the provider's webhooks arrive, through whatever tunnel leads to this machine: the signature, not the sender, is the pass.</summary>
internal static class WebhookEndpoint
{
    public const string Path = "/webhooks/provider";

    public static void MapWebhookEndpoint(this WebApplication app)
        => app.MapPost(Path, ReceiveAsync).WithTags("Webhooks").WithSummary("The provider's signed webhooks, which only make us look sooner.");

    private static async Task<IResult> ReceiveAsync(HttpRequest request, ReceiveWebhook receive, CancellationToken cancellationToken)
    {
        byte[] body = new byte[ReceiveWebhook.LongestBody + 1];
        int length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > ReceiveWebhook.LongestBody)
        {
            return TypedResults.Problem("A webhook's body is smaller than that.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        WebhookMessage message = new(
            Header(WebhookSignature.IdHeader), Header(WebhookSignature.TimestampHeader), Header(WebhookSignature.SignatureHeader), body.AsMemory(0, length));
        return await receive.RunAsync(message, cancellationToken) switch
        {
            WebhookAnswer.NotConfigured => TypedResults.Problem("No webhook secret is configured here.", statusCode: StatusCodes.Status404NotFound),
            WebhookAnswer.Refused => TypedResults.Problem("The signature or its time is not right.", statusCode: StatusCodes.Status401Unauthorized),
            _ => TypedResults.Accepted((string?)null),
        };

        string? Header(string name) => request.Headers[name] is [{ } only] ? only : null;
    }
}
