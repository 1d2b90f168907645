using Microsoft.Data.Sqlite;

namespace FineTune.Local.Storage;

/// <summary>The ledger's tables. What is searched, sorted or locked by has a column; the row itself is JSON, where fields can be added freely.</summary>
/// <remarks>
/// <c>user_version</c> counts the steps a file has been through. Steps are only ever appended; a JSON change that older programs
/// must not write over (a field they would drop) needs an empty step of its own, so that they refuse the file.
/// Sequences are never used twice, so that a lock held on a removed row can never fit its successor.
/// </remarks>
internal static class LedgerSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE runs (
            sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
            version    INTEGER NOT NULL DEFAULT 1,
            run_id     TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL, -- UTC, in units of 100 ns since 0001-01-01, here and below
            body       TEXT NOT NULL
        ) STRICT;
        CREATE INDEX runs_by_age ON runs (created_at, sequence);

        CREATE TABLE claims (
            sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
            version    INTEGER NOT NULL DEFAULT 1,
            key        TEXT NOT NULL UNIQUE,
            body       TEXT NOT NULL
        ) STRICT;

        CREATE TABLE events (
            sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id     TEXT NOT NULL,
            event_id   TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            body       TEXT NOT NULL,
            UNIQUE (run_id, event_id)
        ) STRICT;
        CREATE INDEX events_by_age ON events (run_id, created_at, sequence);

        CREATE TABLE models (
            sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
            model_id   TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            body       TEXT NOT NULL
        ) STRICT;

        CREATE TABLE aliases (
            alias            TEXT NOT NULL PRIMARY KEY,
            model_id         TEXT NOT NULL,
            model_created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE TABLE shared (
            sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
            version    INTEGER NOT NULL DEFAULT 1,
            row_group  TEXT NOT NULL,
            name       TEXT NOT NULL,
            body       TEXT NOT NULL,
            UNIQUE (row_group, name)
        ) STRICT;
        """,

        // Aliases get a history and a lock. What is there was set by runs, of which only the newest is known.
        """
        ALTER TABLE aliases RENAME TO aliases_of_schema_2;

        CREATE TABLE aliases (
            sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
            version    INTEGER NOT NULL DEFAULT 1,
            alias      TEXT NOT NULL UNIQUE,
            body       TEXT NOT NULL
        ) STRICT;

        INSERT INTO aliases (alias, body)
        SELECT alias, json_object(
            'alias', alias, 'modelId', model_id, 'modelCreatedAt', at, 'held', json('false'),
            'history', json_array(json_object('at', at, 'by', 'a run', 'to', model_id, 'held', json('false'))))
        FROM (
            SELECT alias, model_id, strftime('%Y-%m-%dT%H:%M:%SZ', model_created_at / 10000000 - 62135596800, 'unixepoch') AS at
            FROM aliases_of_schema_2);

        DROP TABLE aliases_of_schema_2;
        """,
    ];

    /// <summary>Takes the file through the steps it has not seen; several programs may try at once.</summary>
    /// <exception cref="LedgerUnavailableException">A newer program wrote it.</exception>
    public static void Apply(SqliteConnection connection)
    {
        if (Version(connection) == Steps.Length)
        {
            return;
        }

        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long version = Version(connection);
        if (version > Steps.Length)
        {
            throw new LedgerUnavailableException(connection.DataSource, version, Steps.Length);
        }

        foreach (string step in Steps[(int)version..])
        {
            connection.Execute(step);
        }

        connection.Execute($"PRAGMA user_version = {Steps.Length}");
        transaction.Commit();
    }

    private static long Version(SqliteConnection connection) => connection.Find("PRAGMA user_version", row => row.GetInt64(0));
}
