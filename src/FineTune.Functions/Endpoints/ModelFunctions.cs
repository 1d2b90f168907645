using FineTune.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FineTune.Functions.Endpoints;

/// <summary>What a person can ask of the models that runs left behind, and of the aliases that applications look them up by.</summary>
public sealed class ModelFunctions(
    ListModels listModels, ReadAlias readAlias, PromoteModel promoteModel, RollBackAlias rollBackAlias, ReadLineage readLineage)
{
    [Function(nameof(ListModels))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "models")] HttpRequest request, CancellationToken cancellationToken)
        => TypedResults.Ok<ModelView[]>([.. await listModels.RunAsync(cancellationToken)]);

    [Function(nameof(ReadAlias))]
    public async Task<IResult> ReadAliasAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "aliases/{alias}")] HttpRequest request, string alias, CancellationToken cancellationToken)
        => Answer.Found(await readAlias.RunAsync(alias, cancellationToken), $"There is no alias '{alias}'. List the models to see theirs.");

    [Function(nameof(PromoteModel))]
    public async Task<IResult> PromoteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "aliases/{alias}")] HttpRequest request, string alias, CancellationToken cancellationToken)
        => TypedResults.Ok(await promoteModel.RunAsync(alias, await request.ReadPromotionAsync(cancellationToken), cancellationToken));

    [Function(nameof(RollBackAlias))]
    public async Task<IResult> RollBackAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "aliases/{alias}/rollback")] HttpRequest request, string alias, CancellationToken cancellationToken)
        => TypedResults.Ok(await rollBackAlias.RunAsync(alias, await request.ReadRollBackAsync(cancellationToken), cancellationToken));

    [Function(nameof(ReadLineage))]
    public async Task<IResult> LineageAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "lineage/{subject}")] HttpRequest request,
        string subject,
        CancellationToken cancellationToken)
        => TypedResults.Ok(await readLineage.RunAsync(subject, cancellationToken));
}
