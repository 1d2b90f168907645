using Microsoft.Data.Sqlite;

namespace FineTune.Local.Engine.Journaling;

/// <summary>Leaves an event for an engine that another process runs, or that runs again some day.</summary>
internal static class JournalInbox
{
    /// <summary>False when the folder's journal has no unfinished instance of this id.</summary>
    /// <param name="payload">As JSON.</param>
    /// <exception cref="JournalUnusableException">The journal cannot be opened or written.</exception>
    public static bool TryLeaveEvent(string folder, string instanceId, string name, string payload)
    {
        using var connection = JournalFile.OpenExisting(folder, SqliteOpenMode.ReadWrite);
        if (connection is null)
        {
            return false;
        }

        using var session = new JournalSession(connection);
        try
        {
            return session.TryAddEvent(instanceId, name, payload);
        }
        catch (SqliteException e)
        {
            throw new JournalUnusableException(
                $"The journal in '{folder}' cannot be written: {e.Message} The event was not delivered; try again.", e);
        }
    }
}
