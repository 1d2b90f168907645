using FineTune.Local.Engine.Journaling;
using FineTune.Workflows;

namespace FineTune.Local.Engine.Replay;

/// <summary>The context that workflow code sees: everything it asks for becomes a step of its <see cref="WorkflowRun"/>.</summary>
internal sealed class LocalWorkflowContext(WorkflowRun run, Messages messages, ILogger logger) : IWorkflowContext
{
    public string InstanceId => run.Instance.Id;

    public DateTime CurrentUtcDateTime => run.Now;

    public ILogger Logger { get; } = new ReplaySafeLogger(logger, () => run.IsReplaying);

    /// <summary>The custom status, if it was set since it was last taken.</summary>
    public FineTuneProgress? NewProgress { get; set; }

    /// <summary>What to continue as new with, as JSON.</summary>
    public string? NextInput { get; private set; }

    public Task<TResult> CallActivityAsync<TResult>(string name, object input, RetryRule retry)
        => run.Issue<TResult>(StepKind.Activity, name, row => row with { Input = messages.Write(input) }, retry);

    public Task<TResult> CallSubWorkflowAsync<TResult>(string name, string instanceId, object input) => run.Issue<TResult>(
        StepKind.SubWorkflow, name, row => row with { ChildId = instanceId }, childInput: messages.Write(input));

    public Task CreateTimer(TimeSpan delay) => run.Issue<object?>(StepKind.Timer, "", row => row with { DueAt = In(delay) });

    public Task<TEvent?> WaitForExternalEvent<TEvent>(string name, TimeSpan timeout)
        where TEvent : class
        => run.Issue<TEvent?>(StepKind.Event, name, row => row with { DueAt = In(timeout) });

    public void SetCustomStatus(FineTuneProgress progress) => NewProgress = progress;

    public void ContinueAsNew(object input) => NextInput = messages.Write(input);

    private DateTime In(TimeSpan delay) => delay < DateTime.MaxValue - run.Now ? run.Now + delay : DateTime.MaxValue;
}
