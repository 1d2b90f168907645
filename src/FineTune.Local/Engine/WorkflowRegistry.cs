using FineTune.Workflows;

namespace FineTune.Local.Engine;

/// <summary>Runs a workflow from and to JSON.</summary>
internal delegate Task<string> WorkflowCode(IWorkflowContext context, Messages messages, string input);

/// <summary>Runs an activity from and to JSON.</summary>
internal delegate Task<string> ActivityCode(
    IServiceProvider services, Messages messages, string input, CancellationToken cancellationToken);

/// <summary>What the engine can run, by the names that journals keep.</summary>
internal sealed class WorkflowRegistry
{
    private readonly Dictionary<string, WorkflowCode> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityCode> _activities = new(StringComparer.Ordinal);

    /// <summary>Every message that can come into the journal by way of these.</summary>
    public HashSet<Type> MessageTypes { get; } = [];

    public WorkflowRegistry AddWorkflow<TInput, TOutput>(string name, Func<IWorkflowContext, TInput, Task<TOutput>> run)
    {
        // Not async: what cannot be read must surface before the workflow's first line.
        _workflows.Add(name, (context, messages, input)
            => WriteAsync(messages, run(context, messages.Read<TInput>(input, $"The input of {name}"))));
        MessageTypes.UnionWith([typeof(TInput), typeof(TOutput)]);
        return this;
    }

    /// <summary>Registers the activity by its type's name; it comes from the services, with a scope for each call.</summary>
    public WorkflowRegistry AddActivity<TActivity, TInput, TOutput>(Func<TActivity, TInput, CancellationToken, Task<TOutput>> run)
        where TActivity : notnull
    {
        string name = typeof(TActivity).Name;
        _activities.Add(name, (services, messages, input, cancellationToken)
            => WriteAsync(messages, run(
                services.GetRequiredService<TActivity>(), messages.Read<TInput>(input, $"The input of {name}"), cancellationToken)));
        MessageTypes.UnionWith([typeof(TInput), typeof(TOutput)]);
        return this;
    }

    public WorkflowCode? FindWorkflow(string name) => _workflows.GetValueOrDefault(name);

    public ActivityCode? FindActivity(string name) => _activities.GetValueOrDefault(name);

    private static async Task<string> WriteAsync<T>(Messages messages, Task<T> result) => messages.WriteAs(await result);
}
