using System.Collections.Concurrent;
using System.Text.Json;
using FineTune.Functions.Tests.Durable.Histories;
using FineTune.Functions.Tests.WorkerHost.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>
/// Takes the engine's work to the worker as the Durable extension of a host does: an orchestrator's turn crosses as base64 of its history and
/// comes back as base64 of its actions; an activity's input and result cross as JSON, its failure as the JSON of what failed.
/// </summary>
internal sealed class DurableDispatch(TaskHubSidecarService.TaskHubSidecarServiceClient engine, WorkerSlot slot)
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentQueue<Exception> _failures = new();

    /// <summary>The functions called, in the order of the calls.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>What went wrong in here, not in the worker; an instance that is waiting for it waits for ever.</summary>
    public IReadOnlyCollection<Exception> Failures => _failures;

    /// <summary>Decides turns in the worker's place, as a build with other workflows does; null for the worker itself.</summary>
    public Func<OrchestratorRequest, CancellationToken, Task<OrchestratorResponse>>? OtherBuild { get; set; }

    public async Task RunAsync(CancellationToken stopping)
    {
        using AsyncServerStreamingCall<WorkItem> work = engine.GetWorkItems(new GetWorkItemsRequest(), cancellationToken: stopping);
        await foreach (WorkItem item in work.ResponseStream.ReadAllAsync(stopping))
        {
            _ = TakeAsync(item, stopping);
        }
    }

    public async Task<bool> IsOverAsync(string instanceId, CancellationToken cancellationToken)
        => (await FindAsync(instanceId, cancellationToken))?.OrchestrationStatus is OrchestrationStatus.Completed or OrchestrationStatus.Failed;

    /// <summary>Null when the engine has no such instance.</summary>
    public async Task<OrchestrationState?> FindAsync(string instanceId, CancellationToken cancellationToken)
        => (await engine.GetInstanceAsync(
            new GetInstanceRequest { InstanceId = instanceId, GetInputsAndOutputs = true }, cancellationToken: cancellationToken)).OrchestrationState;

    private async Task TakeAsync(WorkItem item, CancellationToken stopping)
    {
        try
        {
            await (item.RequestCase is WorkItem.RequestOneofCase.OrchestratorRequest
                ? TakeTurnAsync(item.OrchestratorRequest, stopping)
                : RunActivityAsync(item.ActivityRequest, stopping));
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            _failures.Enqueue(failure);
        }
    }

    /// <summary>One turn of an orchestrator as the worker decides it; nothing is made of it.</summary>
    public async Task<OrchestratorResponse> DecideAsync(OrchestratorRequest request, CancellationToken stopping)
    {
        string name = request.PastEvents.Concat(request.NewEvents).First(happened => happened.ExecutionStarted is not null).ExecutionStarted.Name;
        InvocationResponse response = await CallAsync(
            name, function => new Invocation(function, new TypedData { String = Convert.ToBase64String(request.ToByteArray()) }), stopping);
        return Succeeded(response)
            ? OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(response.ReturnValue.String))
            : Failed(request.InstanceId, response.Result.Exception);
    }

    private async Task TakeTurnAsync(OrchestratorRequest request, CancellationToken stopping)
    {
        OrchestratorResponse turn = await (OtherBuild ?? DecideAsync)(request, stopping);
        if (OtherBuild is null)
        {
            RecordedTurn.Keep(request, turn);
        }

        await engine.CompleteOrchestratorTaskAsync(turn, cancellationToken: stopping);
    }

    private async Task RunActivityAsync(ActivityRequest request, CancellationToken stopping)
    {
        string instanceId = request.OrchestrationInstance.InstanceId;
        InvocationResponse response = await CallAsync(
            request.Name,
            function => new Invocation(function, new TypedData { String = OnlyInput(request.Input) })
            {
                TriggerData = new Dictionary<string, string> { ["instanceId"] = instanceId },
            },
            stopping);
        ActivityResponse done = new() { InstanceId = instanceId, TaskId = request.TaskId };
        if (Succeeded(response))
        {
            done.Result = ResultOf(response.ReturnValue);
        }
        else
        {
            done.FailureDetails = DetailsOf(response.Result.Exception);
        }

        await engine.CompleteActivityTaskAsync(done, cancellationToken: stopping);
    }

    /// <summary>Where a worker dies over it and is replaced, the next one is asked again: at least once is what the extension promises.</summary>
    private async Task<InvocationResponse> CallAsync(string name, Func<WorkerFunction, Invocation> call, CancellationToken stopping)
    {
        while (true)
        {
            Task<LoadedWorker> asked = slot.Worker;
            LoadedWorker worker = await asked.WaitAsync(stopping);
            _calls.Enqueue(name);
            try
            {
                return await worker.InvokeAsync(call(worker.Named(name)), stopping);
            }
            catch (WorkerGoneException) when (slot.Worker != asked)
            {
                continue;
            }
        }
    }

    private static bool Succeeded(InvocationResponse response) => response.Result.Status is StatusResult.Types.Status.Success;

    private static string ResultOf(TypedData returned)
        => returned.DataCase is TypedData.DataOneofCase.Json ? returned.Json : JsonSerializer.Serialize(returned.String);

    /// <summary>The engine keeps an activity's input as an array of one; the host hands over the one.</summary>
    private static string OnlyInput(string input) => JsonSerializer.Deserialize<JsonElement[]>(input)!.Single().GetRawText();

    private static OrchestratorResponse Failed(string instanceId, WorkerFailure exception) => new()
    {
        InstanceId = instanceId,
        Actions =
        {
            new OrchestratorAction
            {
                Id = -1,
                CompleteOrchestration = new CompleteOrchestrationAction
                {
                    OrchestrationStatus = OrchestrationStatus.Failed,
                    FailureDetails = new TaskFailureDetails { ErrorType = exception.Type, ErrorMessage = exception.Message },
                },
            },
        },
    };

    private static TaskFailureDetails DetailsOf(WorkerFailure exception)
    {
        try
        {
            return TaskFailureDetails.Parser.ParseJson(exception.Message);
        }
        catch (InvalidProtocolBufferException)
        {
            return new TaskFailureDetails { ErrorType = exception.Type, ErrorMessage = exception.Message, StackTrace = exception.StackTrace };
        }
    }
}
