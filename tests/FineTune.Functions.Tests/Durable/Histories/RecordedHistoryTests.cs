using FineTune.Functions.Durable;
using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Functions.Tests.Durable.Histories;

/// <summary>Histories that the Durable engine wrote are replayed with today's code: it must decide now as it decided then.</summary>
public sealed class RecordedHistoryTests
{
    public static TheoryData<string> Turns => [.. RecordedTurn.Names];

    [Theory]
    [MemberData(nameof(Turns))]
    public void Replay_DecidesWhatItDecidedThen(string name)
    {
        RecordedTurn turn = RecordedTurn.Read(name);

        OrchestratorResponse response = Replay(turn.Request, HeadRegistry.OrchestratorOf(turn.Workflow));

        Assert.Equal(turn.Response.Actions, response.Actions);
        Assert.Equal(turn.Response.CustomStatus, response.CustomStatus);
    }

    /// <summary>
    /// The engine gives out the step it disagrees about before it ends the instance. That step finds the ledger as it is, which is what keeps a second
    /// job from being bought; nothing after it is reached.
    /// </summary>
    [Theory]
    [MemberData(nameof(Turns))]
    public void Replay_EndsTheInstanceAtItsFirstStep_WhenTheWorkflowIsAnotherOne(string name)
    {
        RecordedTurn turn = RecordedTurn.Read(name);

        OrchestratorResponse response = Replay(turn.Request, new ChangedWorkflow());

        Assert.Equal(["SomethingNew"], response.Actions.Where(action => action.ScheduleTask is not null).Select(action => action.ScheduleTask.Name));
        CompleteOrchestrationAction end = Assert.Single(response.Actions, action => action.CompleteOrchestration is not null).CompleteOrchestration;
        Assert.Equal(OrchestrationStatus.Failed, end.OrchestrationStatus);
        Assert.StartsWith("Non-Deterministic workflow detected", end.Result, StringComparison.Ordinal);
    }

    private static OrchestratorResponse Replay(OrchestratorRequest request, ITaskOrchestrator workflow)
    {
        DurableTaskWorkerOptions options = new() { DataConverter = new JsonDataConverter(DurableJson.Options) };
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton(new DurableTaskShimFactory(options, NullLoggerFactory.Instance))
            .BuildServiceProvider();
        string response = GrpcOrchestrationRunner.LoadAndRun(Convert.ToBase64String(request.ToByteArray()), workflow, services);
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(response));
    }

    /// <summary>Begins with a step that no history knows.</summary>
    private sealed class ChangedWorkflow : TaskOrchestrator<object, object?>
    {
        public override async Task<object?> RunAsync(TaskOrchestrationContext context, object input)
        {
            await context.CallActivityAsync("SomethingNew");
            return null;
        }
    }
}
