using System.Net.Sockets;
using System.Text.Json;
using FineTune.Ports;
using FineTune.Simulation.Tests.Machine;

namespace FineTune.Simulation.Tests.World;

/// <summary>
/// One host's line to the provider: each request is held before it goes out, and each answer that tells of a deed before it comes in. Every
/// call that buys a job is checked for a durable intent at the very moment it goes out.
/// </summary>
internal sealed class GatedTransport(string host, Gates gates, Provider provider, IRunLedger ledger, Chronicle chronicle) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string what = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        int asked = chronicle.Exchanges.Count;
        await DecideAsync(Place.Request, what, cancellationToken);
        if (request.Method == HttpMethod.Post && request.RequestUri.AbsolutePath == "/v1/fine_tuning/jobs")
        {
            await RequireIntentAsync(request);
        }

        (HttpResponseMessage answer, Exchange exchange) = await ExchangeAsync(request, asked);
        if (request.Method != HttpMethod.Get)
        {
            await DecideAsync(Place.Answer, what, cancellationToken);
        }

        exchange.HeardAfter = chronicle.Exchanges.Count;
        return answer;
    }

    private async Task DecideAsync(Place place, string what, CancellationToken cancellationToken)
    {
        switch (await gates.PassAsync(place, what, cancellationToken))
        {
            case Verdict.Refuse:
                throw new HttpRequestException(
                    HttpRequestError.ConnectionError, "Connection refused.", new SocketException((int)SocketError.ConnectionRefused));
            case Verdict.Lose:
                throw new TaskCanceledException("No answer in time.");
            default:
                break;
        }
    }

    private async Task<(HttpResponseMessage Answer, Exchange Exchange)> ExchangeAsync(HttpRequestMessage request, int asked)
    {
        Exchange exchange = new(
            provider.Now, host, Gates.Caller ?? "", request.Method.Method, request.RequestUri!.AbsolutePath, Status: null, RetryAfter: null)
        { AskedAfter = asked };
        try
        {
            HttpResponseMessage answer = await provider.SendAsync(request);
            exchange = exchange with { Status = (int)answer.StatusCode, RetryAfter = answer.Headers.RetryAfter?.Delta?.TotalSeconds };
            chronicle.Add(exchange);
            return (answer, exchange);
        }
        catch (HttpRequestException)
        {
            chronicle.Add(exchange);
            throw;
        }
    }

    /// <summary>Reads the ledger past the gates, as it lies on the disk.</summary>
    private async Task RequireIntentAsync(HttpRequestMessage request)
    {
        JsonElement body = JsonElement.Parse(await request.Content!.ReadAsByteArrayAsync(CancellationToken.None));
        string key = body.GetProperty("metadata").GetProperty("ft_key").GetString()!;
        string file = body.GetProperty("training_file").GetString()!;
        chronicle.TrainedOn[key] = provider.Books.StoredFiles.FirstOrDefault(stored => stored.Id == file)?.Sha256 ?? "gone";
        SpendingClaim? claim = await ledger.FindClaimAsync(key, CancellationToken.None);
        if (claim is not { OpenIntentAt: not null, JobId: null })
        {
            chronicle.Blame("I9", $"a call to create a job for key {key[..8]} went out without an open intent in the ledger");
        }
    }
}
