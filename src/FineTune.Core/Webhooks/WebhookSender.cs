using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using FineTune.Hosting;
using Microsoft.Extensions.Options;

namespace FineTune.Webhooks;

/// <summary>Posts signed messages to the configured address and nowhere else: no redirects, and no private addresses that are not listed.</summary>
public sealed class WebhookSender : IDisposable
{
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookSender(IOptions<FineTuneOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value.Webhooks, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false, // or the proxy, not we, would choose the address
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <param name="id">The same at every attempt, so that the receiver can tell a repetition.</param>
    /// <exception cref="WebhookFailedException">Nobody took it; trying again can help.</exception>
    public async Task SendAsync(string id, byte[] body, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        using HttpRequestMessage request = new(HttpMethod.Post, _options.Url);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Seconds(now));
        request.Headers.Add(
            WebhookSignature.SignatureHeader, string.Join(' ', _options.Secrets.Select(secret => WebhookSignature.Sign(secret, id, now, body))));
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new WebhookFailedException($"The receiver answered HTTP {(int)answer.StatusCode}, not 2xx.");
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new WebhookFailedException($"The receiver could not be reached: {failure.GetBaseException().Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The very address that was judged is the one that is called: no second look-up can lead elsewhere.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        IPAddress[] allowed = Array.FindAll(addresses, MayBeCalled);
        if (allowed.Length == 0)
        {
            throw new HttpRequestException($"'{context.DnsEndPoint.Host}' means no address that may be called; list a private one itself to allow it.");
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool MayBeCalled(IPAddress address)
        => !PrivateAddresses.Contain(address)
            || _options.AllowedHosts.Any(host => IPAddress.TryParse(host, out IPAddress? listed) && listed.Equals(address));
}

/// <summary>A message was not taken.</summary>
public sealed class WebhookFailedException(string message) : Exception(message);
