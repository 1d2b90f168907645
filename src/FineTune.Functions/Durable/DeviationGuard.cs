using System.Text.Json;
using DurableTask.Core.Exceptions;
using FineTune.Hosting;
using FineTune.Workflows;
using Google.Protobuf;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FineTune.Functions.Durable;

/// <summary>
/// Parks an instance whose history today's code disagrees with. The engine would give out the step it disagrees about and end the instance as
/// failed; here such a turn gives out nothing and ends nothing, and the status says why. With the right code deployed, the next event goes on with it;
/// the sweep sees to it that there is one.
/// </summary>
internal static partial class DeviationGuard
{
    private const string OrchestrationTrigger = "orchestrationTrigger";

    private static readonly string? Deviation = typeof(NonDeterministicOrchestrationException).FullName;

    /// <summary>Around the whole pipeline, for an orchestrator's turn is answered by a middleware that an extension puts before all of ours.</summary>
    public static IServiceCollection AddDeviationGuard(this IServiceCollection services)
    {
        ServiceDescriptor pipeline = services.Last(service => service.ServiceType == typeof(FunctionExecutionDelegate));
        return services.AddSingleton<FunctionExecutionDelegate>(
            provider => Guarded((FunctionExecutionDelegate)pipeline.ImplementationFactory!(provider)));
    }

    /// <summary>Null when the turn is as it should be.</summary>
    /// <param name="turn">An orchestrator's answer.</param>
    public static OrchestratorResponse? Parked(OrchestratorResponse turn)
    {
        CompleteOrchestrationAction? end = turn.Actions.FirstOrDefault(action => action.CompleteOrchestration is not null)?.CompleteOrchestration;
        if (end is not { OrchestrationStatus: OrchestrationStatus.Failed, FailureDetails: { } why } || why.ErrorType != Deviation)
        {
            return null;
        }

        FineTuneProgress progress = new(FineTuneStep.Inspecting, "Parked") { Parked = why.ErrorMessage, ParkedBy = WorkflowBuild.Id };
        OrchestratorResponse parked = turn.Clone();
        parked.Actions.Clear();
        parked.CustomStatus = JsonSerializer.Serialize(progress, FineTuneJson.Default.FineTuneProgress);
        return parked;
    }

    private static FunctionExecutionDelegate Guarded(FunctionExecutionDelegate pipeline) => async context =>
    {
        await pipeline(context);
        if (context.FunctionDefinition.InputBindings.Values.Any(binding => string.Equals(binding.Type, OrchestrationTrigger, StringComparison.OrdinalIgnoreCase))
            && context.GetInvocationResult() is { Value: string turn } result
            && Parked(OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(turn))) is { } parked)
        {
            result.Value = Convert.ToBase64String(parked.ToByteArray());
            Log.Parked(context.GetLogger(nameof(DeviationGuard)), parked.InstanceId, parked.CustomStatus);
        }
    };

    private static partial class Log
    {
        [LoggerMessage(410, LogLevel.Error, "Instance {InstanceId} is parked, for today's code disagrees with its history: {Status}")]
        public static partial void Parked(ILogger logger, string instanceId, string status);
    }
}
