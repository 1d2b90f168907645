using FineTune.Ports;
using Microsoft.Extensions.Logging;

namespace FineTune.Operations;

/// <summary>Asks for an alias to go back.</summary>
/// <param name="By">Who says so.</param>
public sealed record RollBack(string By = "an HTTP request");

/// <summary>Points an alias at the model it meant before the present one first took its place; that choice holds.</summary>
public sealed partial class RollBackAlias(IRunLedger ledger, TimeProvider time, ILogger<RollBackAlias> logger)
{
    /// <exception cref="InvalidRequestException">There is no such alias, or nothing to go back to.</exception>
    public async Task<AliasView> RunAsync(string alias, RollBack rollBack, CancellationToken cancellationToken)
    {
        AliasRow? row = await ledger.FindAliasAsync(alias, cancellationToken);
        while (row is not null)
        {
            string earlier = EarlierIn(row);
            ModelRow model = await ledger.ListModelsAsync(cancellationToken).FirstOrDefaultAsync(one => one.ModelId == earlier, cancellationToken)
                ?? throw new InvalidRequestException($"Model {earlier}, which '{alias}' meant before, is not in the ledger any more. Promote another one.");
            AliasRow read = row;
            row = await ledger.ChangeAliasAsync(
                alias,
                current => current?.ETag != read.ETag ? current : AliasRow.PointedAt(current, alias, model, rollBack.By, held: true, time.GetUtcNow()),
                cancellationToken);
            if (row?.ModelId == model.ModelId)
            {
                Log.RolledBack(logger, alias, read.ModelId, model.ModelId, rollBack.By);
                return AliasView.Of(row);
            }
        }

        throw new InvalidRequestException($"There is no alias '{alias}'. See which there are in the list of models.");
    }

    /// <summary>Going back twice goes back two models: what counts is how the present one first came, not the last change.</summary>
    private static string EarlierIn(AliasRow row)
        => row.History.FirstOrDefault(change => change.To == row.ModelId)?.From
            ?? throw new InvalidRequestException($"'{row.Alias}' has meant nothing before {row.ModelId}. Promote a model by its name.");

    private static partial class Log
    {
        [LoggerMessage(201, LogLevel.Warning, "Alias {Alias} is rolled back from {From} to {To} by the word of {By}.")]
        public static partial void RolledBack(ILogger logger, string alias, string from, string to, string by);
    }
}
