using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>A model that a run left behind.</summary>
/// <param name="IsCurrent">Its alias points at it.</param>
public sealed record ModelView(
    string ModelId, string? Alias, bool IsCurrent, string BaseModel, string Dataset, string RunId, string JobId, DateTimeOffset CreatedAt, long? TrainedTokens);

/// <summary>The models that runs left behind, newest first, and the one that each alias means.</summary>
public sealed class ListModels(IRunLedger ledger)
{
    public async Task<IReadOnlyList<ModelView>> RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string?> current = [];
        List<ModelView> models = [];
        await foreach (ModelRow model in ledger.ListModelsAsync(cancellationToken))
        {
            if (model.Alias is not null && !current.ContainsKey(model.Alias))
            {
                current[model.Alias] = (await ledger.FindAliasAsync(model.Alias, cancellationToken))?.ModelId;
            }

            bool isCurrent = model.Alias is not null && current[model.Alias] == model.ModelId;
            models.Add(new ModelView(
                model.ModelId, model.Alias, isCurrent, model.BaseModel, model.Dataset, model.RunId, model.JobId, model.CreatedAt, model.TrainedTokens));
        }

        return models;
    }
}
