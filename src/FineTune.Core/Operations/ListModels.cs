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
        Dictionary<string, AliasRow> aliases = await ledger.ListAliasesAsync(cancellationToken)
            .ToDictionaryAsync(alias => alias.Alias, cancellationToken: cancellationToken);
        return await ledger.ListModelsAsync(cancellationToken)
            .Select(model => View(model, model.Alias is null ? null : aliases.GetValueOrDefault(model.Alias)))
            .ToListAsync(cancellationToken);
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
