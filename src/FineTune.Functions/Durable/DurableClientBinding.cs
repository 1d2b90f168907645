using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;
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
        if (context.FunctionDefinition.InputBindings.Values.Any(IsDurableClient) && await ClientOfAsync(context) is { } client)
        {
            context.InstanceServices.GetRequiredService<DurableWorkflowClient>().Use(client);
        }

        await next(context);
    }

    private static bool IsDurableClient(BindingMetadata binding) => string.Equals(binding.Type, BindingType, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// All of the function's parameters, bound once and kept for the call. <c>BindInputAsync</c> would bind the one without its attribute's
    /// converter, and keep that failure for the call.
    /// </summary>
    private static async Task<DurableTaskClient?> ClientOfAsync(FunctionContext context)
    {
        FunctionInputBindingResult bound = await context.Features.Get<IFunctionInputBindingFeature>()!.BindFunctionInputAsync(context);
        return bound.Values.OfType<DurableTaskClient>().FirstOrDefault();
    }
}
