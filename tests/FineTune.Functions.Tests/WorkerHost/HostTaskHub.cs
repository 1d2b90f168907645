using DurableTask.Core;
using Grpc.Core;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using P = Microsoft.DurableTask.Protobuf;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>
/// The task hub as a host answers for it: an event for an instance that was never there, or is over, is refused. The engine in memory would take
/// the first for a new instance and try to run it without end.
/// </summary>
internal sealed class HostTaskHub(
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers,
    IOrchestrationService service,
    IOrchestrationServiceClient client,
    IOptions<TaskHubGrpcServerOptions> options)
    : TaskHubGrpcServer(lifetime, loggers, service, client, options)
{
    public override async Task<P.RaiseEventResponse> RaiseEvent(P.RaiseEventRequest request, ServerCallContext context)
    {
        P.GetInstanceResponse found = await GetInstance(new P.GetInstanceRequest { InstanceId = request.InstanceId }, context);
        return found.OrchestrationState?.OrchestrationStatus is P.OrchestrationStatus.Pending or P.OrchestrationStatus.Running
            ? await base.RaiseEvent(request, context)
            : throw new RpcException(new Status(StatusCode.Unknown, $"No instance '{request.InstanceId}' is running."));
    }
}
