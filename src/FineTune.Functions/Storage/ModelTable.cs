using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>Models: one partition, one row each. What applications and people look up, so every member has a column of its own.</summary>
internal sealed class ModelTable(TableClient table)
{
    private const string Partition = "models";

    public Task PutAsync(ModelRow model, CancellationToken cancellationToken)
        => table.UpsertEntityAsync(ToEntity(model), TableUpdateMode.Replace, cancellationToken);

    /// <summary>All of them at once, sorted here: an account has some thousands at most.</summary>
    public async IAsyncEnumerable<ModelRow> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ModelRow> models = [];
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (TableEntity entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            models.Add(TableRow.Read(entity, LedgerJson.Default.ModelRow));
        }

        foreach (ModelRow model in models.OrderByDescending(model => model.CreatedAt))
        {
            yield return model;
        }
    }

    private static TableEntity ToEntity(ModelRow model)
    {
        TableEntity entity = TableRow.Of(Partition, TableKey.Of(model.ModelId), model, LedgerJson.Default.ModelRow);
        entity["ModelId"] = model.ModelId;
        entity["RunId"] = model.RunId;
        entity["JobId"] = model.JobId;
        entity["BaseModel"] = model.BaseModel;
        entity["Dataset"] = model.Dataset;
        entity["CreatedAt"] = TableRow.Time(model.CreatedAt);
        entity["Alias"] = model.Alias;
        entity["TrainedTokens"] = model.TrainedTokens;
        return entity;
    }
}
