using DurableTask.Core;
using Grpc.Core;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using P = Microsoft.DurableTask.Protobuf;

namespace FineTune.Functions.Tests.Durable;

/// <summary>The engine in memory with the answers of a host where its own are others.</summary>
internal sealed class HostTaskHub(
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers,
    IOrchestrationService service,
    IOrchestrationServiceClient client,
    IOptions<TaskHubGrpcServerOptions> options)
    : TaskHubGrpcServer(lifetime, loggers, service, client, options)
{
    private readonly IOrchestrationServiceClient _client = client;

    /// <summary>A host goes by a setting of its own, whatever the request says: what is over may be replaced.</summary>
    public override Task<P.CreateInstanceResponse> StartInstance(P.CreateInstanceRequest request, ServerCallContext context)
    {
        request.OrchestrationIdReusePolicy = new P.OrchestrationIdReusePolicy
        {
            ReplaceableStatus =
            {
                P.OrchestrationStatus.Completed, P.OrchestrationStatus.Failed, P.OrchestrationStatus.Terminated, P.OrchestrationStatus.Canceled,
            },
        };
        return base.StartInstance(request, context);
    }

    /// <summary>The engine fails where there are no tags, which is every sub-orchestration.</summary>
    public override async Task<P.GetInstanceResponse> GetInstance(P.GetInstanceRequest request, ServerCallContext context)
    {
        while (true)
        {
            try
            {
                return await base.GetInstance(request, context);
            }
            catch (ArgumentNullException)
            {
                OrchestrationState state = await _client.GetOrchestrationStateAsync(request.InstanceId, executionId: null);
                state.Tags ??= new Dictionary<string, string>();
            }
        }
    }

    /// <summary>A host refuses an event for an instance that was never there; the engine would try to run it, without end.</summary>
    public override async Task<P.RaiseEventResponse> RaiseEvent(P.RaiseEventRequest request, ServerCallContext context)
    {
        P.GetInstanceResponse found = await GetInstance(new P.GetInstanceRequest { InstanceId = request.InstanceId }, context);
        return found.OrchestrationState?.OrchestrationStatus is P.OrchestrationStatus.Pending or P.OrchestrationStatus.Running
            ? await base.RaiseEvent(request, context)
            : throw new RpcException(new Status(StatusCode.Unknown, $"No instance '{request.InstanceId}' is running."));
    }
}
