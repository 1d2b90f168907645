using System.Net;
using System.Text;

namespace FineTune.Simulation.Tests.World;

/// <summary>A line to the provider that does not do what the product means.</summary>
internal sealed class BrokenLine(BrokenLine.Change change) : DelegatingHandler
{
    private const string Jobs = "/v1/fine_tuning/jobs";
    private const string Files = "/v1/files";

    /// <summary>Sends a request in its own way.</summary>
    internal delegate Task<HttpResponseMessage> Change(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> send);

    /// <summary>What the provider's own package does by default.</summary>
    public static async Task<HttpResponseMessage> RepeatPurchaseAsync(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
    {
        try
        {
            return await send(request);
        }
        catch (HttpRequestException) when (Is(request, HttpMethod.Post, Jobs))
        {
            return await send(request);
        }
    }

    /// <summary>Twice more than it was asked for.</summary>
    public static async Task<HttpResponseMessage> RepeatUploadAsync(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
    {
        for (int more = 2; more > 0 && Is(request, HttpMethod.Post, Files); more--)
        {
            ByteArrayContent again = new(await request.Content!.ReadAsByteArrayAsync());
            again.Headers.ContentType = request.Content.Headers.ContentType;
            request.Content = again;
            (await send(request)).Dispose();
        }

        return await send(request);
    }

    public static async Task<HttpResponseMessage> ForgetToWaitAsync(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
    {
        HttpResponseMessage answer = await send(request);
        answer.Headers.Remove("Retry-After");
        return answer;
    }

    public static Task<HttpResponseMessage> PretendToDeleteAsync(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
        => request.Method == HttpMethod.Delete
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent("{}") })
            : send(request);

    /// <summary>Whoever looks for jobs is told that there are none.</summary>
    public static async Task<HttpResponseMessage> ShowNoJobsAsync(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
    {
        HttpResponseMessage answer = await send(request);
        if (Is(request, HttpMethod.Get, Jobs))
        {
            answer.Content = new StringContent("""{"object": "list", "data": [], "has_more": false}""");
        }

        return answer;
    }

    public static async Task<HttpResponseMessage> UploadOtherBytesAsync(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
    {
        if (Is(request, HttpMethod.Post, Files))
        {
            string body = await request.Content!.ReadAsStringAsync();
            ByteArrayContent other = new(Encoding.UTF8.GetBytes(body.Replace("to the left", "to the lift", StringComparison.Ordinal)));
            other.Headers.ContentType = request.Content.Headers.ContentType;
            request.Content = other;
        }

        return await send(request);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => change(request, sent => base.SendAsync(sent, cancellationToken));

    private static bool Is(HttpRequestMessage request, HttpMethod method, string path)
        => request.Method == method && request.RequestUri!.AbsolutePath == path;
}
