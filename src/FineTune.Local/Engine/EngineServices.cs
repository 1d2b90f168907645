using FineTune.Local.Engine.Journaling;
using FineTune.Ports;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FineTune.Local.Engine;

/// <summary>Puts the engine into a host, which then starts and stops it.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddWorkflowEngine(this IServiceCollection services, EngineOptions options, WorkflowRegistry registry)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(registry);
        services.AddSingleton(new JournalReader(options.Folder));
        services.AddSingleton<WorkflowEngine>();
        services.AddSingleton<IWorkflowClient, LocalWorkflowClient>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkflowEngine>());
        return services;
    }
}
