using FineTune.Activities;
using FineTune.Ports;

namespace FineTune.Workflows;

/// <summary>Calls again for as long as the activity says "wait": for a turn in the line, a daily limit, a lost answer to clear up, the end of a pause.</summary>
public static class CreateJobWorkflow
{
    private const int CallsPerGeneration = 50;

    /// <summary>Derived from the run's id, so that whoever knows the run can wake the wait.</summary>
    public static string IdFor(string runId) => $"{runId}-create";

    public static async Task<JobCreation> RunAsync(IWorkflowContext context, AwaitJobInput input)
    {
        for (int call = 0; call < CallsPerGeneration; call++)
        {
            JobCreation creation = input.First
                ?? await context.CallActivityAsync<JobCreation>(nameof(CreateJob), input.Job, RetryRule.Provider);
            input = input with { First = null };
            if (creation.Wait is not { } wait)
            {
                return creation;
            }

            DateTime before = context.CurrentUtcDateTime;
            if (before >= input.Deadline && !creation.StopsClock)
            {
                return new JobCreation(new FineTuneOutcome(RunStatus.TimedOut, $"No job could be created in time. {creation.Detail}"));
            }

            context.SetCustomStatus(new FineTuneProgress(FineTuneStep.CreatingJob, creation.Detail ?? "Waiting"));
            await context.WaitForExternalEvent<RunSignal>(RunSignal.EventName, wait);
            TimeSpan waited = context.CurrentUtcDateTime - before;
            input = creation.StopsClock ? input with { Deadline = input.Deadline + waited } : input;
        }

        context.ContinueAsNew(input);
        return new JobCreation(End: null); // discarded: the next generation returns the real answer
    }
}
