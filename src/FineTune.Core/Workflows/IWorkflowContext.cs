using Microsoft.Extensions.Logging;

namespace FineTune.Workflows;

/// <summary>
/// All that replayed code may touch. Members carry Durable Functions' own names; Azure forwards each to one member of
/// <c>TaskOrchestrationContext</c>, the local engine answers from its journal.
/// </summary>
public interface IWorkflowContext
{
    string InstanceId { get; }

    /// <summary>The same at every replay; never the wall clock.</summary>
    DateTime CurrentUtcDateTime { get; }

    /// <summary>Silent while replaying.</summary>
    ILogger Logger { get; }

    /// <exception cref="ActivityFailedException">The activity failed permanently, or <paramref name="retry"/> is used up.</exception>
    Task<TResult> CallActivityAsync<TResult>(string name, object input, RetryRule retry);

    /// <exception cref="ActivityFailedException">The sub-workflow failed.</exception>
    Task<TResult> CallSubWorkflowAsync<TResult>(string name, string instanceId, object input);

    Task CreateTimer(TimeSpan delay);

    /// <summary>Waits for the event, early ones included; the default value once <paramref name="timeout"/> has passed.</summary>
    Task<TEvent?> WaitForExternalEvent<TEvent>(string name, TimeSpan timeout)
        where TEvent : class;

    /// <summary>What an operator sees of the run; stays far below 16 KB.</summary>
    void SetCustomStatus(FineTuneProgress progress);

    /// <summary>Starts this instance afresh with <paramref name="input"/>. It is not a <c>return</c>: return at once after it.</summary>
    void ContinueAsNew(object input);
}
