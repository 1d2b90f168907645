using FineTune.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FineTune.Functions.Endpoints;

/// <summary>The provider's signed webhooks. The address given to it carries a function key as <c>?code=</c>; the signature is what counts.</summary>
public sealed class WebhookFunctions(ReceiveWebhook receiveWebhook)
{
    [Function(nameof(ReceiveWebhook))]
    public async Task<IResult> ReceiveAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhooks/provider")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => Answer.Webhook(await receiveWebhook.RunAsync(await request.ReadWebhookAsync(cancellationToken), cancellationToken));
}
