using FineTune.Operations;
using FineTune.Ports;
using Microsoft.Extensions.Logging;

namespace FineTune.Sweeping;

/// <summary>Asks the provider until when the models live that aliases mean, writes it beside them, and raises the alarm when a day is near.</summary>
public sealed partial class CheckShutdowns(IFineTuningApi api, IRunLedger ledger, ModelShutdown shutdown, ILogger<CheckShutdowns> logger)
{
    /// <returns>The warnings, one for each alias.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        List<ModelRow> models = await ledger.ListModelsAsync(cancellationToken).ToListAsync(cancellationToken);
        await foreach (AliasRow alias in ledger.ListAliasesAsync(cancellationToken))
        {
            if (models.Find(model => model.ModelId == alias.ModelId) is { } model
                && shutdown.WarningFor(await RefreshAsync(model, cancellationToken)) is { } warning)
            {
                Log.ShutdownAhead(logger, alias.Alias, model.ModelId, warning);
                warnings.Add($"{alias.Alias}: {warning}");
            }
        }

        return warnings;
    }

    private async Task<ModelRow> RefreshAsync(ModelRow model, CancellationToken cancellationToken)
    {
        try
        {
            if ((await api.FindModelAsync(model.ModelId, cancellationToken))?.ShutdownDate is { } day && day != model.ShutdownDate)
            {
                model = model with { ShutdownDate = day };
                await ledger.PutModelAsync(model, cancellationToken);
            }
        }
        catch (Exception untold) when (untold is ProviderRefusedException or ProviderUnavailableException)
        {
            // It does not tell; what is known already counts.
        }

        return model;
    }

    private static partial class Log
    {
        [LoggerMessage(218, LogLevel.Warning, "Alias {Alias} means {ModelId}: {Warning}")]
        public static partial void ShutdownAhead(ILogger logger, string alias, string modelId, string warning);
    }
}
