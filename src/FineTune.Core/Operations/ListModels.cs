using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>A model that a run left behind.</summary>
/// <param name="IsCurrent">Its alias points at it.</param>
public sealed record ModelView(
    string ModelId, string? Alias, bool IsCurrent, string BaseModel, string Dataset, string RunId, string JobId, DateTimeOffset CreatedAt, long? TrainedTokens)
{
    /// <summary>It is current because a person chose it: runs leave its alias alone.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The day it stops answering; null while none is announced.</summary>
    public DateOnly? ShutdownDate { get; init; }

    /// <summary>One sentence, when that day is near.</summary>
    public string? Warning { get; init; }
}

/// <summary>The models that runs left behind, newest first, and the one that each alias means.</summary>
public sealed class ListModels(IRunLedger ledger, ModelShutdown shutdown)
{
    public async Task<IReadOnlyList<ModelView>> RunAsync(CancellationToken cancellationToken)
    {
        List<ModelRow> models = await ledger.ListModelsAsync(cancellationToken).ToListAsync(cancellationToken);
        Dictionary<string, AliasRow?> aliases = [];
        foreach (string alias in models.Select(model => model.Alias).OfType<string>().Distinct())
        {
            aliases[alias] = await ledger.FindAliasAsync(alias, cancellationToken);
        }

        return [.. models.Select(model => View(model, model.Alias is null ? null : aliases[model.Alias]))];
    }

    private ModelView View(ModelRow model, AliasRow? alias)
    {
        bool isCurrent = alias?.ModelId == model.ModelId;
        return new ModelView(
            model.ModelId, model.Alias, isCurrent, model.BaseModel, model.Dataset, model.RunId, model.JobId, model.CreatedAt, model.TrainedTokens)
        {
            IsHeld = isCurrent && alias!.Held,
            ShutdownDate = shutdown.DayOf(model),
            Warning = shutdown.WarningFor(model),
        };
    }
}
