using System.Net;
using FineTune.Functions.Tests.WorkerHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>
/// The host's public door: finds the function by its route, refuses a request without the key, tells the worker to expect it and forwards it to
/// the port where the worker listens.
/// </summary>
internal sealed class HttpFront(WorkerSlot slot, string key) : IDisposable
{
    private const string Correlation = "x-ms-invocation-id";

    private readonly HttpClient _http = new();

    public void Map(IEndpointRouteBuilder routes, IEnumerable<WorkerFunction> functions)
    {
        foreach (WorkerFunction function in functions.Where(function => function.TriggerType is "httpTrigger"))
        {
            routes.MapMethods($"api/{function.Route}", function.Methods, http => AnswerAsync(http, function));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task AnswerAsync(HttpContext http, WorkerFunction function)
    {
        if (function.WantsKey && http.Request.Headers["x-functions-key"] != key)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        Invocation invocation = new(function, new TypedData { Http = new RpcHttp { Method = http.Request.Method, Url = http.Request.Path } })
        {
            TriggerData = http.Request.RouteValues.ToDictionary(route => route.Key, route => $"{route.Value}"),
        };
        LoadedWorker worker = await slot.Worker;
        Task<InvocationResponse> called = worker.InvokeAsync(invocation, http.RequestAborted);
        using HttpRequestMessage request = Forwarded(http.Request, worker.Http, invocation.Id);
        using HttpResponseMessage answer = await _http.SendAsync(request, http.RequestAborted);
        await CopyAsync(answer, (await called).Result, http.Response);
    }

    private static HttpRequestMessage Forwarded(HttpRequest request, Uri worker, string invocationId)
    {
        HttpRequestMessage forwarded = new(new HttpMethod(request.Method), new Uri(worker, $"{request.Path}{request.QueryString}"));
        if (request.HttpContext.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody)
        {
            forwarded.Content = new StreamContent(request.Body);
        }

        foreach ((string name, StringValues values) in request.Headers)
        {
            if (!forwarded.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                forwarded.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        forwarded.Headers.Add(Correlation, invocationId);
        return forwarded;
    }

    private static async Task CopyAsync(HttpResponseMessage answer, StatusResult result, HttpResponse response)
    {
        if (result.Status is not StatusResult.Types.Status.Success)
        {
            response.StatusCode = (int)HttpStatusCode.InternalServerError;
            return;
        }

        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        response.Headers.Location = answer.Headers.Location?.OriginalString;
        await answer.Content.CopyToAsync(response.Body);
    }
}
