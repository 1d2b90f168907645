using Azure;
using Azure.Data.Tables;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>Aliases: one partition, one row each.</summary>
internal sealed class AliasTable(TableClient table)
{
    private const string Partition = "aliases";
    private const string ModelId = "ModelId";
    private const string ModelCreatedAt = "ModelCreatedAt";

    public async Task<string?> FindAsync(string alias, CancellationToken cancellationToken)
        => (await FindEntityAsync(alias, cancellationToken))?.GetString(ModelId);

    public async Task PutAsync(string alias, ModelRow model, CancellationToken cancellationToken)
    {
        while (!await TryPutAsync(alias, model, cancellationToken))
        {
            // Somebody was faster: look again who has the newer model.
        }
    }

    private async Task<bool> TryPutAsync(string alias, ModelRow model, CancellationToken cancellationToken)
    {
        TableEntity? current = await FindEntityAsync(alias, cancellationToken);
        if (current?.GetDateTimeOffset(ModelCreatedAt) > model.CreatedAt)
        {
            return true;
        }

        TableEntity next = new(Partition, TableKey.Of(alias))
        {
            ["Alias"] = alias,
            [ModelId] = model.ModelId,
            [ModelCreatedAt] = model.CreatedAt.ToUniversalTime(),
        };
        try
        {
            await (current is null
                ? table.AddEntityAsync(next, cancellationToken)
                : table.UpdateEntityAsync(next, current.ETag, TableUpdateMode.Replace, cancellationToken));
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsTaken() || failure.IsChanged())
        {
            return false;
        }
    }

    private async Task<TableEntity?> FindEntityAsync(string alias, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            Partition, TableKey.Of(alias), cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }
}
