using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>What runs share: one partition a group, one row a name, so that rows of a group are written in one batch.</summary>
internal sealed class SharedTable(TableClient table)
{
    public async Task<SharedRow?> FindAsync(string group, string name, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKey.Of(group), TableKey.Of(name), cancellationToken: cancellationToken);
        return found.HasValue ? ToRow(group, found.Value!) : null;
    }

    /// <summary>Keys are in order. Every character a name may have comes before <c>~</c>.</summary>
    public async IAsyncEnumerable<SharedRow> ListAsync(string group, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKey.Of(group)} and RowKey ge {prefix} and RowKey lt {prefix + "~"}");
        await foreach (TableEntity entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return ToRow(group, entity);
        }
    }

    public async Task WriteAsync(IReadOnlyList<SharedRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        try
        {
            await table.SubmitTransactionAsync([.. rows.Select(ToAction)], cancellationToken);
        }
        catch (TableTransactionFailedException failure) when (failure.IsTaken() || failure.IsChanged())
        {
            throw new LedgerConflictException(NameOf(rows[failure.FailedTransactionActionIndex ?? 0]));
        }
    }

    private static TableTransactionAction ToAction(SharedRow row)
    {
        TableEntity entity = TableRow.Of(TableKey.Of(row.Group), TableKey.Of(row.Name), row.Body ?? "");
        entity["Name"] = row.Name;
        return row.ETag is null
            ? new TableTransactionAction(TableTransactionActionType.Add, entity)
            : new TableTransactionAction(
                row.Body is null ? TableTransactionActionType.Delete : TableTransactionActionType.UpdateReplace,
                entity, TableRow.VersionOf(row.ETag, NameOf(row)));
    }

    private static SharedRow ToRow(string group, TableEntity entity)
        => new(group, entity.GetString("Name"), TableRow.BodyOf(entity), entity.ETag.ToString());

    private static string NameOf(SharedRow row) => $"The shared row '{row.Group}/{row.Name}'";
}
