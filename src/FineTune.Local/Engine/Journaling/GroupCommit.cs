using Microsoft.Data.Sqlite;

namespace FineTune.Local.Engine.Journaling;

/// <summary>Writes many changes in one transaction, and keeps one that is at fault from spoiling the others.</summary>
internal sealed class GroupCommit(SqliteConnection connection) : IDisposable
{
    private readonly JournalSession _session = new(connection);

    /// <summary>Writes and acknowledges all of them and takes them from the list; those that fail alone are told so.</summary>
    /// <exception cref="SqliteException">The file cannot be written now. What is still in the list was not.</exception>
    public void Write(List<PendingWrite> writes)
    {
        try
        {
            Commit(writes);
            writes.Clear();
        }
        catch (Exception e) when (!IsTrouble(e))
        {
            WriteOneByOne(writes);
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>Of the file or its disk, and so of every write; a violated constraint is the fault of one.</summary>
    private static bool IsTrouble(Exception e) => e is SqliteException { SqliteErrorCode: not SQLitePCL.raw.SQLITE_CONSTRAINT };

    private void WriteOneByOne(List<PendingWrite> writes)
    {
        while (writes.Count > 0)
        {
            try
            {
                Commit(writes[..1]);
            }
            catch (Exception e) when (!IsTrouble(e))
            {
                writes[0].Fail(e);
            }

            writes.RemoveAt(0);
        }
    }

    private void Commit(List<PendingWrite> writes)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            writes.ForEach(write => write.Apply(_session));
            Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }

        writes.ForEach(write => write.Acknowledge());
    }

    private void RollBack()
    {
        // A full disk makes SQLite roll back by itself.
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
