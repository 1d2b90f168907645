using FineTune.Ports;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Storage;

/// <summary>The table of the rows that runs share.</summary>
internal static class SharedRows
{
    private const string Columns = "sequence, version, row_group, name, body";

    public static SharedRow? Find(SqliteConnection ledger, string group, string name) => ledger.Find(
        $"SELECT {Columns} FROM shared WHERE row_group = $group AND name = $name", Read, ("$group", group), ("$name", name));

    /// <summary>Every character a name may have comes before <c>~</c>.</summary>
    public static SqliteCommand List(SqliteConnection ledger, string group, string prefix) => ledger.Statement(
        $"SELECT {Columns} FROM shared WHERE row_group = $group AND name >= $prefix AND name < $prefix || '~' ORDER BY name",
        ("$group", group), ("$prefix", prefix));

    /// <returns>How many rows were written: all of them.</returns>
    public static int Write(SqliteConnection ledger, IReadOnlyList<SharedRow> rows)
    {
        using SqliteTransaction transaction = ledger.BeginTransaction(deferred: false);
        foreach (SharedRow row in rows)
        {
            if (Write(ledger, row) == 0)
            {
                throw new LedgerConflictException(NameOf(row));
            }
        }

        transaction.Commit();
        return rows.Count;
    }

    public static SharedRow Read(SqliteDataReader row) => new(row.GetString(2), row.GetString(3), row.GetString(4), RowVersion.Of(row).ToString());

    private static int Write(SqliteConnection ledger, SharedRow row)
    {
        if (row.ETag is null)
        {
            return ledger.Execute(
                "INSERT INTO shared (row_group, name, body) VALUES ($group, $name, $body) ON CONFLICT (row_group, name) DO NOTHING",
                ("$group", row.Group), ("$name", row.Name), ("$body", row.Body!));
        }

        RowVersion version = RowVersion.Parse(row.ETag, NameOf(row));
        string change = row.Body is null ? "DELETE FROM shared" : "UPDATE shared SET version = version + 1, body = $body";
        return ledger.Execute(
            $"{change} WHERE row_group = $group AND name = $name AND sequence = $sequence AND version = $version",
            ("$group", row.Group), ("$name", row.Name), ("$body", row.Body ?? ""), ("$sequence", version.Sequence), ("$version", version.Number));
    }

    private static string NameOf(SharedRow row) => $"The shared row '{row.Group}/{row.Name}'";
}
