using System.Globalization;
using FineTune.Ports;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Storage;

/// <summary>What a row's ETag says: which row, for a key may be removed and taken again, and which version of it.</summary>
internal readonly record struct RowVersion(long Sequence, long Number)
{
    public RowVersion Next => this with { Number = Number + 1 };

    /// <summary>From the columns <c>sequence, version</c>, which come first.</summary>
    public static RowVersion Of(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1));

    /// <exception cref="LedgerConflictException">This ledger never gave out such an ETag.</exception>
    public static RowVersion Parse(string? etag, string row)
        => etag?.Split('.') is [var sequence, var number]
            && long.TryParse(sequence, CultureInfo.InvariantCulture, out long s)
            && long.TryParse(number, CultureInfo.InvariantCulture, out long n)
            ? new RowVersion(s, n)
            : throw new LedgerConflictException(row);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{Number}");
}
