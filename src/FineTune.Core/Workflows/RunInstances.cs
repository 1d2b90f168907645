namespace FineTune.Workflows;

/// <summary>The workflow instances of one run: its own, and its long waits, whose ids follow from the run's.</summary>
internal static class RunInstances
{
    public static string[] AllOf(string runId) => [runId, .. WaitsOf(runId)];

    public static string[] WaitsOf(string runId) => [ApprovalWorkflow.IdFor(runId), CreateJobWorkflow.IdFor(runId), FollowJobWorkflow.IdFor(runId)];
}
