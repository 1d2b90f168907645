using Azure.Core.Serialization;
using FineTune.Ports;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Functions.Durable;

/// <summary>The product's workflows on Durable Functions.</summary>
internal static class DurableServices
{
    public static IServiceCollection AddDurableWorkflows(this IServiceCollection services) => services
        .Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(DurableJson.Options))
        .AddScoped<DurableWorkflowClient>()
        .AddScoped<IWorkflowClient>(services => services.GetRequiredService<DurableWorkflowClient>());
}
