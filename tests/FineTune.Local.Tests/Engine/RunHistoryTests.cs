using FineTune.Hosting;
using FineTune.Local.Engine;
using FineTune.Local.Engine.Journaling;
using FineTune.Local.Engine.Replay;
using FineTune.Local.Hosting;
using FineTune.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Local.Tests.Engine;

/// <summary>
/// Histories of whole runs as earlier releases wrote them, word for word: today's workflows must take the same steps. Never edit one; add
/// later ones.
/// </summary>
public sealed class RunHistoryTests : IDisposable
{
    /// <summary>Approved and in line by workflows of their own, settled at the end.</summary>
    private const string Approved = """
        input|{"dataset":{"name":"d.jsonl","eTag":"v1","length":500},"spec":{"model":"m","method":"supervised","hyperparameters":{},"seed":42},"limits":{"approveAbove":1,"approvalDeadline":"7.00:00:00","pollEvery":"00:00:10","pollAtMost":"00:05:00","fileDeadline":"01:00:00","createDeadline":"2.00:00:00","jobDeadline":"30.00:00:00","stalledAfter":"06:00:00"},"form":2}
        Activity|InspectDataset|{"key":"k","sha256":"s","priceHigh":3.2,"epochsHigh":4}
        Activity|ClaimKey|{}
        Activity|ApproveSpending|{"wait":"1.00:00:00","detail":"Waiting for approval of up to $3.20, above the limit of $1.00"}
        SubWorkflow|ApprovalWorkflow|{"epochs":4}
        Activity|UploadDataset|{"fileId":"file-1"}
        Activity|CheckFile|{"ready":true}
        Activity|CreateJob|{"wait":"00:01:00","detail":"Number 2 in line for the provider's jobs","stopsClock":false}
        SubWorkflow|CreateJobWorkflow|{"jobId":"ftjob-1","stopsClock":false}
        SubWorkflow|FollowJobWorkflow|{}
        Activity|CollectResult|{"status":"Succeeded","detail":"Model ft:m is ready.","modelId":"ft:m","jobId":"ftjob-1"}
        Activity|RecordOutcome|{}
        Activity|SettleSpending|{}
        Activity|CleanUp|{}
        """;

    /// <summary>As no release took them: approved by a signal alone, never settled.</summary>
    private const string InAnotherOrder = """
        Activity|InspectDataset|{"key":"k","sha256":"s","priceHigh":3.2}
        Activity|ClaimKey|{}
        Event|signal|{"kind":"Approve","by":"ann"}
        Activity|UploadDataset|{"fileId":"file-1"}
        Activity|CheckFile|{"ready":true}
        """;

    private static readonly DateTime Began = new(2026, 11, 21, 9, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Replay_TakesTheStepsOfTheHistory_ToTheSameEnd()
    {
        WorkflowRun run = Replay(StepsOf(Approved));

        Assert.Null(run.Steps.Mismatch);
        Assert.Equal(
            """{"status":"Succeeded","detail":"Model ft:m is ready.","modelId":"ft:m","jobId":"ftjob-1"}""", run.Output);
    }

    [Fact]
    public void Replay_AsksForNothingElse_WhereverTheHistoryBreaksOff()
    {
        string[] steps = StepsOf(Approved);
        for (int known = 0; known < steps.Length; known++)
        {
            WorkflowRun run = Replay(steps[..known]);

            Assert.Null(run.Steps.Mismatch);
            Step next = Assert.Single(run.Steps.TakeFresh());
            Assert.StartsWith($"{next.Row.Kind}|{next.Row.Name}|", steps[known], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Replay_NoticesBeforeAnythingIsCalled_WhenTheStepsWereTakenInAnotherOrder()
    {
        WorkflowRun run = Replay(InAnotherOrder.Split('\n'));

        Assert.Equal("Step 2 was a wait for the event 'signal' when it was journaled; today's code asks for the activity ApproveSpending.", run.Steps.Mismatch);
        Assert.DoesNotContain(run.Steps.TakeFresh(), step => !step.IsJournaled);
    }

    private static string[] StepsOf(string history) => history.Split('\n')[1..];

    /// <summary>Runs on the input of <see cref="Approved"/>.</summary>
    private WorkflowRun Replay(string[] steps)
    {
        using ServiceProvider services = new ServiceCollection().AddLocalEngine(new DataFolder(_folder.Root)).BuildServiceProvider();
        InstanceRow instance = new()
        {
            Id = "run-1",
            Workflow = nameof(FineTuneWorkflow),
            Input = Approved.Split('\n')[0].Split('|', 2)[1],
            StartedAt = Began,
        };
        StepRow[] recorded = [.. steps.Select(ToStep)];
        WorkflowCode code = services.GetRequiredService<WorkflowRegistry>().FindWorkflow(nameof(FineTuneWorkflow))!;
        WorkflowRun run = new(instance, recorded, code, new Messages(FineTuneJson.Default.Options), NullLogger.Instance, strayed: () => { });
        run.Replay();
        return run;
    }

    private static StepRow ToStep(string line, int seq)
    {
        string[] parts = line.Split('|', 3);
        string? payload = parts[2].Length == 0 ? null : parts[2];
        return new StepRow(seq, Enum.Parse<StepKind>(parts[0]), parts[1])
        {
            Turn = seq,
            ChildId = ChildIdOf(parts[1]),
            Outcome = new StepOutcome(payload is null ? OutcomeKind.TimedOut : OutcomeKind.Succeeded, payload) { Delivery = seq + 1, At = Began.AddMinutes(seq) },
        };
    }

    private static string? ChildIdOf(string name) => name switch
    {
        nameof(ApprovalWorkflow) => "run-1-approval",
        nameof(CreateJobWorkflow) => "run-1-create",
        nameof(FollowJobWorkflow) => "run-1-job",
        _ => null,
    };
}
