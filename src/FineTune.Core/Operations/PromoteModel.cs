using FineTune.Ports;
using Microsoft.Extensions.Logging;

namespace FineTune.Operations;

/// <summary>What an alias shall mean.</summary>
/// <param name="Model">A model's id, or the id of the run that made it; null for the newest one made for the alias.</param>
/// <param name="By">Who says so.</param>
public sealed record Promotion(string? Model, string By = "an HTTP request");

/// <summary>
/// Points an alias at a model by a person's choice. A named model holds: runs that succeed later leave the alias alone. Asking for the newest
/// one lets them move it again.
/// </summary>
public sealed partial class PromoteModel(IRunLedger ledger, TimeProvider time, ILogger<PromoteModel> logger)
{
    /// <exception cref="InvalidRequestException">There is no such model, or nothing could be called so.</exception>
    public async Task<AliasView> RunAsync(string alias, Promotion promotion, CancellationToken cancellationToken)
    {
        AliasName.Require(alias);
        ModelRow model = await FindAsync(alias, promotion.Model, cancellationToken);
        bool held = promotion.Model is not null;
        AliasRow? row = await ledger.ChangeAliasAsync(
            alias,
            current => current?.ModelId == model.ModelId && current.Held == held ? current
                : AliasRow.PointedAt(current, alias, model, promotion.By, held, time.GetUtcNow()),
            cancellationToken);
        Log.Promoted(logger, alias, model.ModelId, promotion.By, held);
        return AliasView.Of(row!);
    }

    private async Task<ModelRow> FindAsync(string alias, string? name, CancellationToken cancellationToken)
        => await ledger.ListModelsAsync(cancellationToken).FirstOrDefaultAsync(
            model => name is null ? model.Alias == alias : model.ModelId == name || model.RunId == name, cancellationToken)
        ?? throw new InvalidRequestException(name is null
            ? $"No run has left a model for the alias '{alias}'. Name the model."
            : $"No run has left a model '{name}'. Name a model, or a run that succeeded, from the list of models.");

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Information, "Alias {Alias} means {ModelId} by the word of {By} (held: {Held}).")]
        public static partial void Promoted(ILogger logger, string alias, string modelId, string by, bool held);
    }
}
