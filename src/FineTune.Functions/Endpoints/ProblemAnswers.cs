using FineTune.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace FineTune.Functions.Endpoints;

/// <summary>What cannot be done, as problem+json: what was found, what was expected, what to do. Only for HTTP; elsewhere the host retries.</summary>
internal sealed class ProblemAnswers : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception refused) when (context.GetHttpContext() is not null && StatusOf(refused) is not null)
        {
            context.GetInvocationResult().Value = TypedResults.Problem(refused.Message, statusCode: StatusOf(refused));
        }
    }

    private static int? StatusOf(Exception exception) => exception switch
    {
        RunNotFoundException => StatusCodes.Status404NotFound,
        PermanentFailureException => StatusCodes.Status400BadRequest,
        BadHttpRequestException bad => bad.StatusCode,
        _ => null,
    };
}
