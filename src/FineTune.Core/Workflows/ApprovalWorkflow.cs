using FineTune.Activities;

namespace FineTune.Workflows;

/// <summary>Waits until a run may spend, or until it is clear that it may not: for a person's word, for room in the month, for the end of a pause.</summary>
public static class ApprovalWorkflow
{
    private const int AsksPerGeneration = 50;

    /// <summary>Derived from the run's id, so that whoever knows the run can wake the wait.</summary>
    public static string IdFor(string runId) => $"{runId}-approval";

    public static async Task<SpendingApproval> RunAsync(IWorkflowContext context, ApproveInput input)
    {
        for (int ask = 0; ask < AsksPerGeneration; ask++)
        {
            SpendingApproval answer = await context.CallActivityAsync<SpendingApproval>(nameof(ApproveSpending), input, RetryRule.Storage);
            if (answer.Wait is not { } wait)
            {
                return answer;
            }

            context.SetCustomStatus(new FineTuneProgress(FineTuneStep.AwaitingApproval, answer.Detail ?? "Waiting"));
            await context.WaitForExternalEvent<RunSignal>(RunSignal.EventName, wait);
        }

        context.ContinueAsNew(input);
        return new SpendingApproval(End: null); // discarded: the next generation returns the real answer
    }
}
