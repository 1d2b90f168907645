using FineTune.Functions.Durable;
using FineTune.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FineTune.Functions.Workflows;

/// <summary>The workflows, under the names that histories know them by.</summary>
public static class WorkflowFunctions
{
    [Function(nameof(FineTuneWorkflow))]
    public static Task<FineTuneOutcome> FineTuneAsync([OrchestrationTrigger] TaskOrchestrationContext context, FineTuneInput input)
        => FineTuneWorkflow.RunAsync(new DurableWorkflowContext(context), input);

    [Function(nameof(ApprovalWorkflow))]
    public static Task<SpendingApproval> ApprovalAsync([OrchestrationTrigger] TaskOrchestrationContext context, ApproveInput input)
        => ApprovalWorkflow.RunAsync(new DurableWorkflowContext(context), input);

    [Function(nameof(CreateJobWorkflow))]
    public static Task<JobCreation> CreateJobAsync([OrchestrationTrigger] TaskOrchestrationContext context, AwaitJobInput input)
        => CreateJobWorkflow.RunAsync(new DurableWorkflowContext(context), input);

    [Function(nameof(FollowJobWorkflow))]
    public static Task<FollowedJob> FollowJobAsync([OrchestrationTrigger] TaskOrchestrationContext context, FollowJobInput input)
        => FollowJobWorkflow.RunAsync(new DurableWorkflowContext(context), input);
}
