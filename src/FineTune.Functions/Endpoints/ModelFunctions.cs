using FineTune.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FineTune.Functions.Endpoints;

/// <summary>What a person can ask of the models that runs left behind.</summary>
public sealed class ModelFunctions(ListModels listModels)
{
    [Function(nameof(ListModels))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "models")] HttpRequest request, CancellationToken cancellationToken)
        => TypedResults.Ok<ModelView[]>([.. await listModels.RunAsync(cancellationToken)]);
}
