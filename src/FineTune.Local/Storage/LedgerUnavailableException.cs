using Microsoft.Data.Sqlite;

namespace FineTune.Local.Storage;

/// <summary>The ledger's file cannot be used as it is. A person can cure it, and what was recorded before stays recorded.</summary>
public sealed class LedgerUnavailableException : Exception
{
    private const int Busy = 5, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    public LedgerUnavailableException(string path, SqliteException cause)
        : base($"The ledger '{path}' {FindCure(cause)} (SQLite error {cause.SqliteErrorCode}).", cause)
    {
    }

    public LedgerUnavailableException(string path, long foundSchema, long knownSchema)
        : base($"The ledger '{path}' has schema {foundSchema}, but this program knows schemas up to {knownSchema}: a newer program wrote it. "
            + "Use that newer version, or another data folder.")
    {
    }

    /// <summary>False for errors that tell of a mistake in this program: those are best left as they are.</summary>
    public static bool Explains(SqliteException cause) => FindCure(cause) is not null;

    private static string? FindCure(SqliteException cause) => cause.SqliteErrorCode switch
    {
        Busy => "is kept locked by another program. Close whatever has it open, a database browser perhaps, and try again",
        ReadOnly => "is read-only. Make the file and its folder writable and try again",
        InputOutput => "could not be read or written. Check the disk and try again",
        Corrupt or NotADatabase => "is damaged or no ledger at all. Move it away and restore a copy; with a new one, runs and models known so far are forgotten",
        Full => "could not be written: the disk is full. Free some space and try again",
        CannotOpen => "cannot be opened. Check that its folder exists, is writable, and that no folder has the file's name",
        _ => null,
    };
}
