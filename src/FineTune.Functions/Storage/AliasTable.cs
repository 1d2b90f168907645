using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>Aliases: one partition, one row each, with its whole history.</summary>
internal sealed class AliasTable(TableClient table)
{
    private const string Partition = "aliases";

    public async Task<AliasRow?> FindAsync(string alias, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            Partition, TableKey.Of(alias), cancellationToken: cancellationToken);
        return found.HasValue ? ToRow(found.Value!) : null;
    }

    /// <summary>All of them at once, sorted here: keys are escaped names, whose order is another.</summary>
    public async IAsyncEnumerable<AliasRow> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<AliasRow> aliases = [];
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (TableEntity entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            aliases.Add(ToRow(entity));
        }

        foreach (AliasRow alias in aliases.OrderBy(row => row.Alias, StringComparer.Ordinal))
        {
            yield return alias;
        }
    }

    public async Task PutAsync(AliasRow row, CancellationToken cancellationToken)
    {
        string name = $"The alias '{row.Alias}'";
        try
        {
            await (row.ETag is null
                ? (Task)table.AddEntityAsync(ToEntity(row), cancellationToken)
                : table.ReplaceAsync(ToEntity(row), row.ETag, name, cancellationToken));
        }
        catch (RequestFailedException failure) when (failure.IsTaken())
        {
            throw new LedgerConflictException(name);
        }
    }

    private static AliasRow ToRow(TableEntity entity)
        => TableRow.Read(entity, LedgerJson.Default.AliasRow) with { ETag = entity.ETag.ToString() };

    private static TableEntity ToEntity(AliasRow row)
    {
        TableEntity entity = TableRow.Of(Partition, TableKey.Of(row.Alias), row with { ETag = null }, LedgerJson.Default.AliasRow);
        entity["Alias"] = row.Alias;
        entity["ModelId"] = row.ModelId;
        entity["Held"] = row.Held;
        return entity;
    }
}
