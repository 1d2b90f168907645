using System.Text.Json;
using FineTune.Functions.Tests.WorkerHost.Protocol;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>A worker process that has told its functions and has loaded them: what remains is to call them.</summary>
internal sealed class LoadedWorker : IAsyncDisposable
{
    private readonly WorkerProcess _process;
    private readonly WorkerConnection _connection;
    private readonly string _durableClient;

    private LoadedWorker(WorkerProcess process, WorkerConnection connection, Uri host, Uri http, WorkerFunction[] functions)
    {
        (_process, _connection, Http, Functions) = (process, connection, http, functions);
        _durableClient = JsonSerializer.Serialize(new
        {
            rpcBaseUrl = host.AbsoluteUri,
            taskHubName = "StandIn",
            connectionName = "AzureWebJobsStorage",
            requiredQueryStringParameters = "code=stand-in",
            httpBaseUrl = host.AbsoluteUri,
        });
    }

    /// <summary>Where the worker itself listens for the requests that its host forwards.</summary>
    public Uri Http { get; }

    public IReadOnlyList<WorkerFunction> Functions { get; }

    /// <summary>What the worker logged to its host, and what it wrote to its console.</summary>
    public string Log => $"{_connection.Log}\n{_process.Output}";

    /// <summary>The host's side of the start: initialize, ask for the functions, load each.</summary>
    public static async Task<LoadedWorker> LoadAsync(
        WorkerProcess process, WorkerConnection connection, Uri host, CancellationToken cancellationToken)
    {
        WorkerInitRequest init = new() { HostVersion = "4.0.0", WorkerDirectory = process.Directory, FunctionAppDirectory = process.Directory };
        WorkerInitResponse ready = (await connection.AskAsync(new() { WorkerInitRequest = init }, cancellationToken)).WorkerInitResponse;
        Demand(ready.Result, "start");

        FunctionsMetadataRequest which = new() { FunctionAppDirectory = process.Directory };
        FunctionMetadataResponse told = (await connection.AskAsync(new() { FunctionsMetadataRequest = which }, cancellationToken)).FunctionMetadataResponse;
        Demand(told.Result, "tell its functions");

        foreach (RpcFunctionMetadata function in told.FunctionMetadataResults)
        {
            FunctionLoadRequest load = new() { FunctionId = function.FunctionId, Metadata = function };
            StreamingMessage loaded = await connection.AskAsync(new() { FunctionLoadRequest = load }, cancellationToken);
            Demand(loaded.FunctionLoadResponse.Result, $"load {function.Name}");
        }

        WorkerFunction[] functions = [.. told.FunctionMetadataResults.Select(metadata => new WorkerFunction(metadata))];
        return new LoadedWorker(process, connection, host, new Uri(ready.Capabilities["HttpUri"]), functions);
    }

    public WorkerFunction Named(string name) => Functions.Single(function => function.Name == name);

    /// <summary>Returns what the function answered, success or not.</summary>
    public async Task<InvocationResponse> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        StreamingMessage call = new() { InvocationRequest = invocation.ToRequest(_durableClient) };
        return (await _connection.AskAsync(call, cancellationToken)).InvocationResponse;
    }

    public void Kill() => _process.Kill();

    /// <summary>Asks it to end.</summary>
    public ValueTask DisposeAsync()
    {
        _connection.Tell(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });
        return _process.DisposeAsync();
    }

    private static void Demand(StatusResult result, string what) => Assert.True(
        result.Status is StatusResult.Types.Status.Success, $"The worker did not {what}: {result.Exception?.Message}");
}
