using FineTune.Local.Engine;
using FineTune.Simulation.Tests.World;
using FineTune.Workflows;

namespace FineTune.Simulation.Tests.Journals;

/// <summary>Runs that an earlier version of the product began: today's goes on with them, or leaves them alone and says so.</summary>
public sealed class GoldenJournalTests
{
    public static TheoryData<string> Recorded
        => [.. Directory.EnumerateFiles(GoldenJournal.Folder, "*.sql").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Recorded))]
    public async Task Start_GoesOnWithTheNextStep_FromAJournalOfBefore(string journal)
    {
        GoldenJournal golden = GoldenJournal.Load(journal);

        (string wanted, IReadOnlyList<string> states, int calls) = await golden.ReplayAsync(Sabotage.None);

        Assert.Equal((golden.Next, 0), (wanted, calls));
        Assert.All(states, state => Assert.Contains(" Running ", state, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Recorded))]
    public async Task Start_ParksTheRunAndCallsNobody_WhenItsWorkflowWasChanged(string journal)
    {
        (string wanted, IReadOnlyList<string> states, int calls) = await GoldenJournal.Load(journal).ReplayAsync(new Sabotage { Registry = Changed() });

        Assert.Equal(("", 0), (wanted, calls));
        Assert.NotEmpty(states);
        Assert.All(states, state => Assert.Matches(" Parked Step 0 was .* today's code asks for a timer", state));
    }

    [Theory, MemberData(nameof(Recorded))]
    public async Task Start_GoesOnWithTheNextStep_WhenOnlyLaterRunsTakeAnotherOrderOfSteps(string journal)
    {
        GoldenJournal golden = GoldenJournal.Load(journal);

        (string wanted, _, int calls) = await golden.ReplayAsync(new Sabotage { Registry = WithALaterForm() });

        Assert.Equal((golden.Next, 0), (wanted, calls));
    }

    /// <summary>Every workflow sleeps before it begins.</summary>
    private static WorkflowRegistry Changed() => new WorkflowRegistry()
        .AddWorkflow<FineTuneInput, FineTuneOutcome>(nameof(FineTuneWorkflow), SleepFirst<FineTuneInput, FineTuneOutcome>(FineTuneWorkflow.RunAsync))
        .AddWorkflow<ApproveInput, SpendingApproval>(nameof(ApprovalWorkflow), SleepFirst<ApproveInput, SpendingApproval>(ApprovalWorkflow.RunAsync))
        .AddWorkflow<AwaitJobInput, JobCreation>(nameof(CreateJobWorkflow), SleepFirst<AwaitJobInput, JobCreation>(CreateJobWorkflow.RunAsync))
        .AddWorkflow<FollowJobInput, FollowedJob>(nameof(FollowJobWorkflow), SleepFirst<FollowJobInput, FollowedJob>(FollowJobWorkflow.RunAsync));

    /// <summary>Runs of the next form sleep before they begin.</summary>
    private static WorkflowRegistry WithALaterForm() => new WorkflowRegistry()
        .AddWorkflow<FineTuneInput, FineTuneOutcome>(nameof(FineTuneWorkflow), (context, input) => input.Form > FineTuneInput.CurrentForm
            ? SleepFirst<FineTuneInput, FineTuneOutcome>(FineTuneWorkflow.RunAsync)(context, input)
            : FineTuneWorkflow.RunAsync(context, input))
        .AddWorkflow<ApproveInput, SpendingApproval>(nameof(ApprovalWorkflow), ApprovalWorkflow.RunAsync)
        .AddWorkflow<AwaitJobInput, JobCreation>(nameof(CreateJobWorkflow), CreateJobWorkflow.RunAsync)
        .AddWorkflow<FollowJobInput, FollowedJob>(nameof(FollowJobWorkflow), FollowJobWorkflow.RunAsync);

    private static Func<IWorkflowContext, TInput, Task<TOutput>> SleepFirst<TInput, TOutput>(Func<IWorkflowContext, TInput, Task<TOutput>> workflow)
        => async (context, input) =>
        {
            await context.CreateTimer(TimeSpan.FromMinutes(1));
            return await workflow(context, input);
        };
}
