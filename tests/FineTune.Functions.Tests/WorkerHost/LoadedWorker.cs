using System.Text.Json;
using FineTune.Functions.Tests.WorkerHost.Protocol;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>A worker that has told its functions and has loaded them: what remains is to call them.</summary>
internal sealed class LoadedWorker
{
    private readonly WorkerConnection _connection;
    private readonly string _durableClient;

    private LoadedWorker(WorkerConnection connection, Uri engine, Uri http, WorkerFunction[] functions)
    {
        _connection = connection;
        _durableClient = JsonSerializer.Serialize(new
        {
            rpcBaseUrl = engine.AbsoluteUri,
            taskHubName = "StandIn",
            connectionName = "AzureWebJobsStorage",
            requiredQueryStringParameters = "code=stand-in",
            httpBaseUrl = engine.AbsoluteUri,
        });
        Http = http;
        Functions = functions;
    }

    /// <summary>Where the worker itself listens for the requests that its host forwards.</summary>
    public Uri Http { get; }

    public IReadOnlyList<WorkerFunction> Functions { get; }

    /// <summary>The host's side of the start: initialize, ask for the functions, load each.</summary>
    public static async Task<LoadedWorker> LoadAsync(WorkerConnection connection, Uri engine, string appDirectory, CancellationToken cancellationToken)
    {
        await connection.Started.WaitAsync(cancellationToken);
        WorkerInitRequest init = new() { HostVersion = "4.0.0", WorkerDirectory = appDirectory, FunctionAppDirectory = appDirectory };
        WorkerInitResponse ready = (await connection.AskAsync(new() { WorkerInitRequest = init }, cancellationToken)).WorkerInitResponse;
        Demand(ready.Result, "start");

        FunctionsMetadataRequest which = new() { FunctionAppDirectory = appDirectory };
        FunctionMetadataResponse told = (await connection.AskAsync(new() { FunctionsMetadataRequest = which }, cancellationToken)).FunctionMetadataResponse;
        Demand(told.Result, "tell its functions");

        WorkerFunction[] functions = [.. told.FunctionMetadataResults.Select(metadata => new WorkerFunction(metadata))];
        foreach (WorkerFunction function in functions)
        {
            FunctionLoadRequest load = new() { FunctionId = function.Metadata.FunctionId, Metadata = function.Metadata };
            StreamingMessage loaded = await connection.AskAsync(new() { FunctionLoadRequest = load }, cancellationToken);
            Demand(loaded.FunctionLoadResponse.Result, $"load {function.Name}");
        }

        return new LoadedWorker(connection, engine, new Uri(ready.Capabilities["HttpUri"]), functions);
    }

    public WorkerFunction Named(string name) => Functions.Single(function => function.Name == name);

    /// <summary>Returns what the function answered, success or not.</summary>
    public async Task<InvocationResponse> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        StreamingMessage call = new() { InvocationRequest = invocation.ToRequest(_durableClient) };
        return (await _connection.AskAsync(call, cancellationToken)).InvocationResponse;
    }

    private static void Demand(StatusResult result, string what) => Assert.True(
        result.Status is StatusResult.Types.Status.Success, $"The worker did not {what}: {result.Exception?.Message}");
}
