using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>A row of ours as a table holds it: its JSON is what counts, cut into <c>Body</c>, <c>Body1</c> and so on; other columns are copies for people.</summary>
internal static class TableRow
{
    private const string Body = "Body";

    // A column ends at 32,768 characters and a row at 1 MiB, which is 16 such columns; two are left for keys and copies.
    private const int PieceLength = 32_000;
    private const int PiecesAtMost = 14;

    /// <exception cref="RowTooLargeException">It cannot be stored, however often it is tried.</exception>
    public static TableEntity Of<T>(string partition, string key, T row, JsonTypeInfo<T> shape) => Of(partition, key, JsonSerializer.Serialize(row, shape));

    /// <exception cref="RowTooLargeException">It cannot be stored, however often it is tried.</exception>
    public static TableEntity Of(string partition, string key, string body)
    {
        if (body.Length > PieceLength * PiecesAtMost)
        {
            throw new RowTooLargeException(key, body.Length, PieceLength * PiecesAtMost);
        }

        TableEntity entity = new(partition, key) { [Body] = body[..Math.Min(body.Length, PieceLength)] };
        for (int piece = 1; piece * PieceLength < body.Length; piece++)
        {
            entity[NameOf(piece)] = body.Substring(piece * PieceLength, Math.Min(PieceLength, body.Length - (piece * PieceLength)));
        }

        return entity;
    }

    public static T Read<T>(TableEntity entity, JsonTypeInfo<T> shape) => JsonSerializer.Deserialize(BodyOf(entity), shape)!;

    public static string BodyOf(TableEntity entity)
    {
        string body = entity.GetString(Body);
        for (int piece = 1; entity.GetString(NameOf(piece)) is { } more; piece++)
        {
            body += more;
        }

        return body;
    }

    /// <summary>About how many bytes the row is in a request, escapes and all.</summary>
    public static int SizeOf(TableEntity entity) => 1_000 + (2 * BodyOf(entity).Length);

    /// <summary>The version to write over.</summary>
    /// <exception cref="LedgerConflictException">No table gave out such an ETag; above all not the wildcard, which would write over anything.</exception>
    public static ETag VersionOf(string? etag, string name)
        => etag is ['W', '/', '"', .., '"'] ? new ETag(etag) : throw new LedgerConflictException(name);

    /// <summary>Writes over one version of a row and tells the new one.</summary>
    /// <param name="name">What people call the row.</param>
    /// <exception cref="LedgerConflictException">The row has become another version, or is gone.</exception>
    public static async Task<string> ReplaceAsync(this TableClient table, TableEntity row, string? etag, string name, CancellationToken cancellationToken)
    {
        try
        {
            return ETagOf(await table.UpdateEntityAsync(row, VersionOf(etag, name), TableUpdateMode.Replace, cancellationToken));
        }
        catch (RequestFailedException failure) when (failure.IsChanged())
        {
            throw new LedgerConflictException(name);
        }
    }

    /// <summary>The one that a response tells of the row just written.</summary>
    public static string ETagOf(Response response) => response.Headers.ETag!.Value.ToString();

    /// <summary>A row with this key is there already.</summary>
    public static bool IsTaken(this RequestFailedException failure) => failure.ErrorCode == TableErrorCode.EntityAlreadyExists;

    /// <summary>The row has become another version, or is gone.</summary>
    public static bool IsChanged(this RequestFailedException failure)
        => failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied || failure.ErrorCode == TableErrorCode.ResourceNotFound;

    /// <summary>Whatever version they are. Rows that somebody else has deleted meanwhile are no error.</summary>
    public static async Task DeleteTogetherAsync(this TableClient table, IEnumerable<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            await table.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
        }
        catch (TableTransactionFailedException failure) when (failure.IsChanged())
        {
            // Who deletes the same rows deletes them all.
        }
    }

    public static DateTimeOffset? Time(DateTimeOffset? time) => time?.Year < 1601 ? null : time?.ToUniversalTime(); // tables know no earlier ones

    private static string NameOf(int piece) => $"{Body}{piece}";
}
