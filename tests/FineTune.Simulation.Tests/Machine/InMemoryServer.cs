using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FineTune.Simulation.Tests.Machine;

/// <summary>Carries requests to the emulator without a socket; everything behind that is the emulator as it is.</summary>
internal sealed class InMemoryServer : IServer
{
    private Func<IFeatureCollection, Task>? _process;

    public InMemoryServer()
    {
        ServerAddressesFeature addresses = new();
        addresses.Addresses.Add("http://127.0.0.1:9/");
        Features.Set<IServerAddressesFeature>(addresses);
    }

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _process = async features =>
        {
            TContext context = application.CreateContext(features);
            try
            {
                await application.ProcessRequestAsync(context);
                application.DisposeContext(context, exception: null);
            }
            catch (Exception failure)
            {
                application.DisposeContext(context, failure);
                throw;
            }
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="HttpRequestException">The emulator reset the connection, whatever it had done before.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, DateTimeOffset now)
    {
        using MemoryStream answer = new();
        Connection connection = new();
        HttpResponseFeature response = new();
        FeatureCollection features = new();
        features.Set<IHttpRequestFeature>(await ReadAsync(request));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set<IHttpRequestLifetimeFeature>(connection);
        features.Set<IHttpMaxRequestBodySizeFeature>(connection);
        await _process!(features);
        return connection.RequestAborted.IsCancellationRequested
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.", new IOException("reset by peer"))
            : ToMessage(response, answer.ToArray(), request, now);
    }

    public void Dispose()
    {
    }

    private static async Task<HttpRequestFeature> ReadAsync(HttpRequestMessage request)
    {
        Uri address = request.RequestUri!;
        MemoryStream body = new();
        HeaderDictionary headers = new() { ["Host"] = address.Authority };
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> ofContent = request.Content?.Headers.AsEnumerable() ?? [];
        foreach ((string name, IEnumerable<string> values) in request.Headers.Concat(ofContent))
        {
            headers[name] = values.ToArray();
        }

        if (request.Content is not null)
        {
            await request.Content.CopyToAsync(body);
            body.Position = 0;
        }

        return new HttpRequestFeature
        {
            Method = request.Method.Method,
            Scheme = address.Scheme,
            Protocol = "HTTP/1.1",
            Path = Uri.UnescapeDataString(address.AbsolutePath),
            QueryString = address.Query,
            Headers = headers,
            Body = body,
        };
    }

    private static HttpResponseMessage ToMessage(HttpResponseFeature response, byte[] body, HttpRequestMessage request, DateTimeOffset now)
    {
        HttpResponseMessage message = new((HttpStatusCode)response.StatusCode) { RequestMessage = request, Content = new ByteArrayContent(body) };
        foreach ((string name, var values) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                message.Content.Headers.Remove(name);
                message.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        message.Headers.Date = now;
        return message;
    }

    private sealed class Connection : IHttpRequestLifetimeFeature, IHttpMaxRequestBodySizeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }

        public void Abort() => RequestAborted = new CancellationToken(canceled: true);
    }
}
