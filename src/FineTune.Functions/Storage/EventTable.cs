using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>
/// Events: one partition a run. An event's key is its id, so that it is there once; its number keeps the order in which the provider told those
/// of one second. The <c>head</c> row says which number is next and is written in the same batch, over the version that was read.
/// </summary>
internal sealed class EventTable(TableClient table)
{
    private const string Head = "head";
    private const string Next = "Next";
    private const string Number = "Number";
    private const string EventsFrom = "event-";
    private const string EventsTo = "event.";

    private static readonly string[] Keys = [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)];

    // A batch has at most 100 rows, one of which is the head, and 4 MiB.
    private const int BatchRows = 99;
    private const int BatchBytes = 3_500_000;

    /// <summary>What does not fit one batch goes in several, in order: a crash between them leaves the oldest, and the same call again adds the rest.</summary>
    public async Task AddAsync(string runId, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken)
    {
        string partition = TableKey.Of(runId);
        List<TableEntity> missing = [.. events.Select(one => ToEntity(partition, one)).DistinctBy(entity => entity.RowKey)];
        while (missing.Count > 0)
        {
            int fits = CountThatFit(missing);
            missing = await TryAddAsync(partition, missing[..fits], cancellationToken)
                ? missing[fits..]
                : await WithoutKnownAsync(partition, missing, cancellationToken);
        }
    }

    /// <summary>All of them at once, sorted here: a job has some thousands at most.</summary>
    public async IAsyncEnumerable<RunEvent> ListAsync(string runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<(RunEvent Event, long Number)> events = [];
        await foreach (TableEntity entity in QueryAsync(TableKey.Of(runId), select: null, cancellationToken))
        {
            events.Add((TableRow.Read(entity, LedgerJson.Default.RunEvent), entity.GetInt64(Number)!.Value));
        }

        foreach ((RunEvent one, _) in events.OrderBy(one => one.Event.CreatedAt).ThenBy(one => one.Number))
        {
            yield return one;
        }
    }

    /// <summary>Keys are in order, so the head goes last: what a crash leaves goes on counting, and goes when it is deleted again.</summary>
    public async Task DeleteAsync(string runId, CancellationToken cancellationToken)
    {
        string partition = TableKey.Of(runId);
        List<TableEntity> rows = await table
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), select: Keys, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        foreach (TableEntity[] batch in rows.Chunk(BatchRows))
        {
            await table.DeleteTogetherAsync(batch, cancellationToken);
        }
    }

    /// <returns>False, and nothing is written, when one of them is there already or another call was faster.</returns>
    private async Task<bool> TryAddAsync(string partition, List<TableEntity> batch, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(partition, Head, cancellationToken: cancellationToken);
        TableEntity head = found.HasValue ? found.Value! : new TableEntity(partition, Head) { [Next] = 0L };
        long number = head.GetInt64(Next)!.Value;
        batch.ForEach(entity => entity[Number] = number++);
        head[Next] = number;
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new(found.HasValue ? TableTransactionActionType.UpdateReplace : TableTransactionActionType.Add, head, head.ETag),
                    .. batch.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity)),
                ],
                cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsTaken() || failure.IsChanged())
        {
            return false;
        }
    }

    private async Task<List<TableEntity>> WithoutKnownAsync(string partition, List<TableEntity> entities, CancellationToken cancellationToken)
    {
        HashSet<string> known = [];
        await foreach (TableEntity entity in QueryAsync(partition, Keys, cancellationToken))
        {
            known.Add(entity.RowKey);
        }

        return entities.FindAll(entity => !known.Contains(entity.RowKey));
    }

    private AsyncPageable<TableEntity> QueryAsync(string partition, IEnumerable<string>? select, CancellationToken cancellationToken)
        => table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {EventsFrom} and RowKey lt {EventsTo}"),
            select: select, cancellationToken: cancellationToken);

    private static int CountThatFit(List<TableEntity> entities)
    {
        int bytes = 0;
        return Math.Max(1, entities.Take(BatchRows).TakeWhile(entity => (bytes += TableRow.SizeOf(entity)) <= BatchBytes).Count());
    }

    private static TableEntity ToEntity(string partition, RunEvent one)
    {
        TableEntity entity = TableRow.Of(partition, EventsFrom + TableKey.Of(one.Id), one, LedgerJson.Default.RunEvent);
        entity["CreatedAt"] = TableRow.Time(one.CreatedAt);
        entity["Level"] = one.Level;
        entity["Type"] = one.Type;
        return entity;
    }
}
