using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Webhooks;
using Microsoft.AspNetCore.Http;

namespace FineTune.Functions.Endpoints;

/// <summary>Requests that say who speaks. Where built-in authentication knows better, its word counts.</summary>
internal static class SignedRequests
{
    public static async Task<Decision> ReadDecisionAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        Decision said = await request.ReadAsync(FineTuneJson.Default.Decision, cancellationToken);
        return said with { By = request.Caller(orElse: said.By) };
    }

    public static async Task<Promotion> ReadPromotionAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        Promotion said = await request.ReadAsync(FineTuneJson.Default.Promotion, cancellationToken);
        return said with { By = request.Caller(orElse: said.By) };
    }

    public static async Task<RollBack> ReadRollBackAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        RollBack said = await request.ReadAsync(FineTuneJson.Default.RollBack, cancellationToken);
        return said with { By = request.Caller(orElse: said.By) };
    }

    /// <summary>Byte for byte, for the bytes are what is signed.</summary>
    public static async Task<WebhookMessage> ReadWebhookAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        byte[] body = new byte[ReceiveWebhook.LongestBody + 1];
        int length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= ReceiveWebhook.LongestBody
            ? new WebhookMessage(
                Header(WebhookSignature.IdHeader), Header(WebhookSignature.TimestampHeader), Header(WebhookSignature.SignatureHeader),
                body.AsMemory(0, length))
            : throw new BadHttpRequestException("A webhook's body is smaller than that.", StatusCodes.Status413PayloadTooLarge);

        string? Header(string name) => request.Headers[name] is [{ } only] ? only : null;
    }
}
