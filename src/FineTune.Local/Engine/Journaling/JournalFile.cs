using Microsoft.Data.Sqlite;

namespace FineTune.Local.Engine.Journaling;

/// <summary>The SQLite file behind the engine: where it lies, how it is opened, which shape it has.</summary>
internal static class JournalFile
{
    private const long Version = 1;

    private const string Schema = $"""
        CREATE TABLE instances (
            id TEXT NOT NULL PRIMARY KEY,
            workflow TEXT NOT NULL,
            status TEXT NOT NULL,
            generation INTEGER NOT NULL,
            input TEXT NOT NULL,
            started_at INTEGER NOT NULL, -- this and every time below: UTC ticks of 100 ns
            parent_id TEXT,
            output TEXT,
            error_type TEXT,
            error TEXT,
            progress TEXT
        ) STRICT;
        CREATE INDEX instances_unfinished ON instances (id) WHERE status IN ('Running', 'Parked');

        CREATE TABLE steps (
            instance_id TEXT NOT NULL,
            seq INTEGER NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            input TEXT,
            child_id TEXT,
            turn INTEGER NOT NULL,
            due_at INTEGER,
            failed_attempts INTEGER NOT NULL DEFAULT 0,
            outcome TEXT,
            payload TEXT,
            error_type TEXT,
            delivery INTEGER,
            completed_at INTEGER,
            PRIMARY KEY (instance_id, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE inbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            instance_id TEXT NOT NULL,
            name TEXT NOT NULL,
            payload TEXT NOT NULL
        ) STRICT;
        CREATE INDEX inbox_by_instance ON inbox (instance_id);
        """;

    public static string PathIn(string folder) => Path.Combine(folder, "journal.db");

    /// <summary>Opens the journal for the engine, making it where there is none.</summary>
    /// <exception cref="JournalUnusableException">It is not ours, or cannot be read and written.</exception>
    public static SqliteConnection OpenOrCreate(string folder) => Open(folder, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        if (ReadVersion(connection) == 0)
        {
            Execute(connection, $"BEGIN IMMEDIATE; {Schema} PRAGMA user_version = {Version}; COMMIT;");
        }

        // Last, so that the file is empty, and no journal yet, until it has its tables.
        Execute(connection, "PRAGMA journal_mode = WAL");
    });

    /// <summary>Opens a journal that another process may be writing; null when there is none.</summary>
    /// <exception cref="JournalUnusableException">It is not ours, or cannot be opened in this mode.</exception>
    public static SqliteConnection? OpenExisting(string folder, SqliteOpenMode mode)
        => new FileInfo(PathIn(folder)) is { Exists: true, Length: > 0 } ? Open(folder, mode, _ => { }) : null;

    /// <summary>Closes this process's idle readers, so that the last one out leaves a single file.</summary>
    public static void CloseReaders(string folder)
    {
        using var any = Describe(folder, SqliteOpenMode.ReadOnly);
        SqliteConnection.ClearPool(any);
    }

    private static SqliteConnection Describe(string folder, SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = PathIn(folder),
            Mode = mode,
            Pooling = mode == SqliteOpenMode.ReadOnly,
        };
        return new SqliteConnection(settings.ConnectionString);
    }

    private static SqliteConnection Open(string folder, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        var connection = Describe(folder, mode);
        try
        {
            connection.Open();
            // FULL: a commit that was acknowledged must survive a power cut, for behind it money may have been spent.
            Execute(connection, "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL");
            prepare(connection);
            RequireVersion(connection);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new JournalUnusableException(
                $"The journal '{PathIn(folder)}' cannot be opened: {e.Message} "
                + "Check that it is a file of ours and that this user may read and write it and its folder.",
                e);
        }
        catch (JournalUnusableException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static void RequireVersion(SqliteConnection connection)
    {
        long version = ReadVersion(connection);
        if (version != Version)
        {
            throw new JournalUnusableException(
                $"The journal '{connection.DataSource}' has version {version}, this program knows version {Version}. "
                + "Use the program that wrote it, or another data folder.");
        }
    }

    private static long ReadVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
