using Azure.Core.Serialization;
using FineTune.Hosting;
using FineTune.Ports;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Functions.Durable;

/// <summary>The product's workflows on Durable Functions.</summary>
internal static class DurableServices
{
    public static IServiceCollection AddDurableWorkflows(this IServiceCollection services) => services
        // The same shapes as in the local engine's journal, in histories, custom status and events.
        .Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(FineTuneJson.Default.Options))
        .AddScoped<DurableWorkflowClient>()
        .AddScoped<IWorkflowClient>(services => services.GetRequiredService<DurableWorkflowClient>());
}
