using System.Reflection;
using FineTune.Functions.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Functions.Tests.Durable;

/// <summary>Registers the head's functions with a Durable Task worker, each under the name that its attribute gives it.</summary>
internal static class HeadRegistry
{
    private static readonly MethodInfo[] Workflows = [.. typeof(WorkflowFunctions).GetMethods().Where(IsFunction)];

    public static ITaskOrchestrator OrchestratorOf(string name) => new HeadOrchestrator(Workflows.Single(function => NameOf(function) == name));

    public static void AddHead(this DurableTaskRegistry registry)
    {
        foreach (string name in Workflows.Select(NameOf))
        {
            registry.AddOrchestrator(new TaskName(name), () => OrchestratorOf(name));
        }

        foreach (MethodInfo function in typeof(ActivityFunctions).GetMethods().Where(IsFunction))
        {
            registry.AddActivity(
                new TaskName(NameOf(function)),
                services => new HeadActivity(function, ActivatorUtilities.CreateInstance<ActivityFunctions>(services)));
        }
    }

    private static bool IsFunction(MethodInfo method) => method.GetCustomAttribute<FunctionAttribute>() is not null;

    private static string NameOf(MethodInfo function) => function.GetCustomAttribute<FunctionAttribute>()!.Name;

    private static async Task<object?> ResultOfAsync(object? returned)
    {
        Task task = (Task)returned!;
        await task;
        return task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task);
    }

    private sealed class HeadOrchestrator(MethodInfo function) : ITaskOrchestrator
    {
        public Type InputType => function.GetParameters()[1].ParameterType;

        public Type OutputType => function.ReturnType.GetGenericArguments()[0];

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
            => ResultOfAsync(function.Invoke(obj: null, [context, input]));
    }

    private sealed class HeadActivity(MethodInfo function, ActivityFunctions head) : ITaskActivity
    {
        public Type InputType => function.GetParameters()[0].ParameterType;

        public Type OutputType => function.ReturnType.GetGenericArguments()[0];

        public Task<object?> RunAsync(TaskActivityContext context, object? input)
            => ResultOfAsync(function.Invoke(head, [input, CancellationToken.None]));
    }
}
