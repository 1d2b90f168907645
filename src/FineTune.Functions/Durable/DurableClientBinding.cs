using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Functions.Durable;

/// <summary>Hands the client that a function asked for with <c>[DurableClient]</c> to the operations it calls.</summary>
internal sealed class DurableClientBinding : IFunctionsWorkerMiddleware
{
    private const string BindingType = "durableClient";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        BindingMetadata? binding = context.FunctionDefinition.InputBindings.Values.FirstOrDefault(
            binding => string.Equals(binding.Type, BindingType, StringComparison.OrdinalIgnoreCase));
        if (binding is not null && (await context.BindInputAsync<DurableTaskClient>(binding)).Value is { } client)
        {
            context.InstanceServices.GetRequiredService<DurableWorkflowClient>().Use(client);
        }

        await next(context);
    }
}
