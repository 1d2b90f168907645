using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>
/// Runs, each as two rows of one partition that are written together: the run under its time, newest first, and under its id the place of it.
/// </summary>
/// <remarks>One partition takes 2,000 rows a second, far more than there are runs; in return nothing can be lost between two writes.</remarks>
internal sealed class RunTable(TableClient table)
{
    private const string Partition = "runs";
    private const string Place = "Place";
    private const string PlacesFrom = "run-";
    private const string PlacesTo = "run."; // '.' comes right after '-'

    public async Task<bool> TryAddAsync(RunRow row, CancellationToken cancellationToken)
    {
        TableTransactionAction[] both =
        [
            new(TableTransactionActionType.Add, new TableEntity(Partition, IdKeyOf(row.RunId)) { [Place] = PlaceOf(row) }),
            new(TableTransactionActionType.Add, ToEntity(row)),
        ];
        try
        {
            await table.SubmitTransactionAsync(both, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsTaken())
        {
            return false;
        }
    }

    public async Task<RunRow?> FindAsync(string runId, CancellationToken cancellationToken)
        => await FindPlaceAsync(runId, cancellationToken) is { } place
            && await table.GetEntityIfExistsAsync<TableEntity>(Partition, place, cancellationToken: cancellationToken) is { HasValue: true } found
            ? ToRow(found.Value!)
            : null;

    public async IAsyncEnumerable<RunRow> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {PlacesFrom} and RowKey lt {PlacesTo}");
        await foreach (TableEntity entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return ToRow(entity);
        }
    }

    public async Task<RunRow> UpdateAsync(RunRow row, CancellationToken cancellationToken)
        => row with { ETag = await table.ReplaceAsync(ToEntity(row), row.ETag, $"Run '{row.RunId}'", cancellationToken) };

    public async Task DeleteAsync(string runId, CancellationToken cancellationToken)
    {
        if (await FindPlaceAsync(runId, cancellationToken) is { } place)
        {
            await table.DeleteTogetherAsync([new TableEntity(Partition, place), new TableEntity(Partition, IdKeyOf(runId))], cancellationToken);
        }
    }

    private async Task<string?> FindPlaceAsync(string runId, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            Partition, IdKeyOf(runId), cancellationToken: cancellationToken);
        return found.HasValue ? found.Value!.GetString(Place) : null;
    }

    private static TableEntity ToEntity(RunRow row)
    {
        TableEntity entity = TableRow.Of(Partition, PlaceOf(row), row with { ETag = null }, LedgerJson.Default.RunRow);
        entity["RunId"] = row.RunId;
        entity["Status"] = row.Status.ToString();
        entity["Dataset"] = row.Dataset.Name;
        entity["BaseModel"] = row.Spec.Model;
        entity["CreatedAt"] = TableRow.Time(row.CreatedAt);
        entity["UpdatedAt"] = TableRow.Time(row.UpdatedAt);
        entity["JobId"] = row.JobId;
        entity["ModelId"] = row.ModelId;
        entity["TrainedTokens"] = row.TrainedTokens;
        entity["Cost"] = (double?)row.Cost;
        entity["PriceHigh"] = (double?)row.PriceHigh;
        return entity;
    }

    private static RunRow ToRow(TableEntity entity)
        => TableRow.Read(entity, LedgerJson.Default.RunRow) with { ETag = entity.ETag.ToString() };

    /// <summary>Keys are in ascending order: what is left of all time puts the newest first. A run keeps its time, and so its place.</summary>
    private static string PlaceOf(RunRow row)
        => $"{PlacesFrom}{DateTime.MaxValue.Ticks - row.CreatedAt.UtcTicks:D19}-{TableKey.Of(row.RunId)}";

    private static string IdKeyOf(string runId) => $"id-{TableKey.Of(runId)}";
}
