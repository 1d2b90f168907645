using FineTune.Workflows;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace FineTune.Functions.Durable;

/// <summary>The workflows' context on Durable Functions: each member forwards to the one of the same name.</summary>
internal sealed class DurableWorkflowContext(TaskOrchestrationContext context) : IWorkflowContext
{
    public string InstanceId => context.InstanceId;

    public DateTime CurrentUtcDateTime => context.CurrentUtcDateTime;

    public ILogger Logger { get; } = context.CreateReplaySafeLogger("FineTune.Workflows");

    public Task<TResult> CallActivityAsync<TResult>(string name, object input, RetryRule retry)
        => Told(context.CallActivityAsync<TResult>(name, input, OptionsOf(retry)));

    public Task<TResult> CallSubWorkflowAsync<TResult>(string name, string instanceId, object input)
        => Told(context.CallSubOrchestratorAsync<TResult>(name, input, new SubOrchestrationOptions { InstanceId = instanceId }));

    public Task CreateTimer(TimeSpan delay) => context.CreateTimer(delay, CancellationToken.None);

    public async Task<TEvent?> WaitForExternalEvent<TEvent>(string name, TimeSpan timeout)
        where TEvent : class
    {
        try
        {
            return await context.WaitForExternalEvent<TEvent>(name, timeout);
        }
        catch (TaskCanceledException)
        {
            return null;
        }
    }

    public void SetCustomStatus(FineTuneProgress progress) => context.SetCustomStatus(progress);

    public void ContinueAsNew(object input) => context.ContinueAsNew(input);

    /// <summary>The handler is replayed code, too: it looks at the failure and at nothing else.</summary>
    private static TaskOptions OptionsOf(RetryRule rule) => TaskOptions.FromRetryPolicy(
        new RetryPolicy(rule.Attempts, rule.FirstDelay, rule.Backoff, rule.MaxDelay)
        {
            HandleFailure = failure => !failure.IsCausedBy<PermanentFailureException>(),
        });

    private static async Task<TResult> Told<TResult>(Task<TResult> call)
    {
        try
        {
            return await call;
        }
        catch (TaskFailedException failed)
        {
            string type = failed.FailureDetails.ErrorType;
            throw new ActivityFailedException(failed.TaskName, type[(type.LastIndexOf('.') + 1)..], failed.FailureDetails.ErrorMessage);
        }
    }
}
