using System.Text.RegularExpressions;
using Azure.Data.Tables;
using FineTune.Functions.Storage;
using FineTune.Functions.Tests.Support;
using FineTune.Ports;

namespace FineTune.Functions.Tests.Storage;

/// <summary>What the page about the tables says is what stands in them.</summary>
public sealed partial class TableSchemaTests(Azurite azurite)
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "table-schema.md");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_NamesEveryTableAndColumn_AndNoOther()
    {
        TableServiceClient service = new(await azurite.ConnectAsync(Token));
        string prefix = $"S{Guid.NewGuid():N}";
        await FillAsync(new TableRunLedger(service, prefix));

        SortedDictionary<string, string> stored = new(StringComparer.Ordinal);
        foreach (string table in await service.QueryAsync($"TableName ge '{prefix}' and TableName lt '{prefix}~'", cancellationToken: Token)
            .Select(table => table.Name).ToListAsync(Token))
        {
            stored["FineTune" + table[prefix.Length..]] = await ColumnsOfAsync(service.GetTableClient(table));
        }

        Assert.Equal(await DocumentedAsync(), stored);
    }

    private static async Task FillAsync(TableRunLedger ledger)
    {
        await ledger.CreateTablesAsync(Token);
        RunRow run = Rows.Run("run-1") with { UpdatedAt = Rows.Noon, JobId = "j", ModelId = "m", TrainedTokens = 1, Cost = 1, PriceHigh = 1 };
        ModelRow model = Rows.Model("ft:m", Rows.Noon) with { Alias = "a", TrainedTokens = 1 };
        await ledger.TryAddRunAsync(run, Token);
        await ledger.TryAddClaimAsync(Rows.Claim("key") with { OpenIntentAt = Rows.Noon, JobId = "j" }, Token);
        await ledger.WriteSharedAsync([new SharedRow("group", "name", "body")], Token);
        await ledger.AddEventsAsync("run-1", [Rows.Event(1)], Token);
        await ledger.PutModelAsync(model, Token);
        await ledger.PutAliasAsync(AliasRow.PointedAt(current: null, "a", model, "ann", held: true, Rows.Noon), Token);
    }

    private static async Task<string> ColumnsOfAsync(TableClient table)
    {
        HashSet<string> columns = [];
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(cancellationToken: Token))
        {
            columns.UnionWith(row.Where(column => column.Value is not null).Select(column => column.Key));
        }

        return Joined(columns.Except(["odata.etag"]));
    }

    private static async Task<SortedDictionary<string, string>> DocumentedAsync()
    {
        SortedDictionary<string, string> tables = new(StringComparer.Ordinal);
        string[] parts = (await File.ReadAllTextAsync(Page, Token)).Split("\n## ");
        foreach (string part in parts.Where(part => part.StartsWith("FineTune", StringComparison.Ordinal)))
        {
            tables[part[..part.IndexOf('\n', StringComparison.Ordinal)]] = Joined(ColumnLine().Matches(part).Select(line => line.Groups[1].Value));
        }

        return tables;
    }

    private static string Joined(IEnumerable<string> columns) => string.Join(' ', columns.Append("Timestamp").Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex ColumnLine();
}
