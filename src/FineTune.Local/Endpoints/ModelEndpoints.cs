using FineTune.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FineTune.Local.Endpoints;

/// <summary>The HTTP API of models and of the aliases that applications look them up by.</summary>
internal static class ModelEndpoints
{
    public static void MapModelEndpoints(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api").WithTags("Models");
        api.MapGet("/models", ListAsync).WithSummary("The models that runs left behind, newest first.");
        api.MapGet("/lineage/{subject}", LineageAsync).WithSummary("Where a model comes from: dataset, files, job, model, alias.").ProducesProblem(404);
        api.MapGet("/aliases/{alias}", ReadAsync).WithSummary("What an alias means, and who changed that when.").ProducesProblem(404);
        api.MapPut("/aliases/{alias}", PromoteAsync).WithSummary("Point it at a model by choice, or let runs move it again.").ProducesProblem(400);
        api.MapPost("/aliases/{alias}/rollback", RollBackAsync).WithSummary("Point it back at the model it meant before.").ProducesProblem(400);
    }

    private static async Task<Ok<ModelView[]>> ListAsync(ListModels list, CancellationToken cancellationToken)
        => TypedResults.Ok<ModelView[]>([.. await list.RunAsync(cancellationToken)]);

    private static async Task<Ok<Lineage>> LineageAsync(string subject, ReadLineage read, CancellationToken cancellationToken)
        => TypedResults.Ok(await read.RunAsync(subject, cancellationToken));

    private static async Task<Results<Ok<AliasView>, ProblemHttpResult>> ReadAsync(string alias, ReadAlias read, CancellationToken cancellationToken)
        => await read.RunAsync(alias, cancellationToken) is { } view ? TypedResults.Ok(view)
            : TypedResults.Problem($"There is no alias '{alias}'. List the models to see theirs.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<Ok<AliasView>> PromoteAsync(
        string alias, Promotion promotion, PromoteModel promote, CancellationToken cancellationToken)
        => TypedResults.Ok(await promote.RunAsync(alias, promotion, cancellationToken));

    private static async Task<Ok<AliasView>> RollBackAsync(string alias, RollBack rollBack, RollBackAlias rollBackAlias, CancellationToken cancellationToken)
        => TypedResults.Ok(await rollBackAlias.RunAsync(alias, rollBack, cancellationToken));
}
