using FineTune.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FineTune.Functions.Endpoints;

/// <summary>What a person can ask of the month's money.</summary>
public sealed class BudgetFunctions(ReadBudget readBudget)
{
    [Function(nameof(ReadBudget))]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "budget")] HttpRequest request, CancellationToken cancellationToken)
        => TypedResults.Ok(await readBudget.RunAsync(cancellationToken));
}
