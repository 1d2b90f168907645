using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Storage;

/// <summary>The ledger's file: written through one connection, one caller after the other, and read beside it through as many as it takes.</summary>
/// <remarks>
/// Several programs may have it open. A caller waits for its turn without holding a thread, for SQLite itself knows only blocking calls;
/// a write has reached the disk when it returns.
/// </remarks>
internal sealed class LedgerFile : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SqliteConnection _writer;

    public LedgerFile(string path)
    {
        _writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ToString());
        try
        {
            Explain(Prepare);
        }
        catch (LedgerUnavailableException)
        {
            Dispose();
            throw;
        }
    }

    /// <param name="write">One transaction: a single statement, or one that it begins and commits.</param>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Explain(() => write(_writer));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using SqliteConnection reader = OpenReader();
        return Explain(() => read(reader));
    }

    /// <summary>Streams the rows as they were at the first one; writers go on meanwhile.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        Func<SqliteConnection, SqliteCommand> statement, Func<SqliteDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using SqliteConnection reader = OpenReader();
        await using SqliteCommand command = statement(reader);
        await using SqliteDataReader rows = Explain(command.ExecuteReader);
        while (Explain(rows.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return read(rows);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        SqliteConnection.ClearPool(_writer); // or the pool keeps the file open
        _turn.Dispose();
    }

    private bool Prepare()
    {
        _writer.Open();
        _writer.Execute("PRAGMA busy_timeout = 10000"); // in milliseconds: another program's transaction is waited for
        _writer.Execute("PRAGMA journal_mode = WAL");
        _writer.Execute("PRAGMA synchronous = FULL"); // a claim that a power cut takes back could be paid for twice
        LedgerSchema.Apply(_writer);
        return true;
    }

    // Opening is cheap: the package keeps closed connections in a pool.
    private SqliteConnection OpenReader()
    {
        SqliteConnection reader = new(_writer.ConnectionString);
        Explain(() =>
        {
            reader.Open();
            return true;
        });
        return reader;
    }

    private T Explain<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (SqliteException exception) when (LedgerUnavailableException.Explains(exception))
        {
            throw new LedgerUnavailableException(_writer.DataSource, exception);
        }
    }
}
