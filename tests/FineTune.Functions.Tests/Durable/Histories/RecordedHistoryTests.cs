using System.Text.Json;
using FineTune.Functions.Durable;
using FineTune.Hosting;
using FineTune.Workflows;
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

    /// <summary>Left to itself, the engine would give out the step it disagrees about, and end the instance as failed.</summary>
    [Theory]
    [MemberData(nameof(Turns))]
    public void Replay_ParksTheInstanceAndGivesOutNothing_WhenTheWorkflowIsAnotherOne(string name)
    {
        RecordedTurn turn = RecordedTurn.Read(name);

        OrchestratorResponse deviated = Replay(turn.Request, new ChangedWorkflow());
        OrchestratorResponse? parked = DeviationGuard.Parked(deviated);

        Assert.Contains(deviated.Actions, action => action.ScheduleTask?.Name == "SomethingNew");
        Assert.Empty(parked!.Actions);
        FineTuneProgress status = JsonSerializer.Deserialize(parked.CustomStatus, FineTuneJson.Default.FineTuneProgress)!;
        Assert.StartsWith("Non-Deterministic workflow detected", status.Parked, StringComparison.Ordinal);
        Assert.Null(DeviationGuard.Parked(turn.Response));
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
