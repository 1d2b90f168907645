using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Webhooks;

/// <summary>Where webhooks are asked for, as one does in the provider's dashboard.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes) => routes.MapPost("/emulator/webhooks", (WebhookTarget target, WebhookSender sender) =>
    {
        Require(target);
        sender.SendTo(target);
        return Results.NoContent();
    });

    /// <exception cref="ApiException">400 for what cannot be sent to, or signed under.</exception>
    public static void Require(WebhookTarget target)
    {
        if (target is not { Url.IsAbsoluteUri: true } || target.Secret?.StartsWith("whsec_", StringComparison.Ordinal) is not true
            || !Convert.TryFromBase64String(target.Secret["whsec_".Length..], new byte[target.Secret.Length], out _))
        {
            throw ApiException.BadRequest("Expected {\"url\": \"http://…\", \"secret\": \"whsec_…\"} with base64 behind whsec_.", "secret");
        }
    }
}
