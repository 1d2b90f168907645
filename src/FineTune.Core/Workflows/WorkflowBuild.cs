namespace FineTune.Workflows;

/// <summary>Which build of the workflows this is.</summary>
public static class WorkflowBuild
{
    /// <summary>Another one wherever the code is another one; 32 hex characters.</summary>
    public static string Id { get; } = typeof(WorkflowBuild).Module.ModuleVersionId.ToString("N");
}
