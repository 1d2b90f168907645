using Microsoft.Data.Sqlite;

namespace FineTune.Local.Storage;

/// <summary>Statements in one line; everything that is not constant goes in by parameter.</summary>
internal static class SqliteStatements
{
    public static SqliteCommand Statement(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    /// <summary>Returns how many rows were changed.</summary>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using SqliteCommand command = connection.Statement(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The only row; the type's default when there is none.</summary>
    public static T? Find<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using SqliteCommand command = connection.Statement(sql, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        T? found = reader.Read() ? read(reader) : default;
        _ = reader.Read(); // an INSERT … RETURNING commits, or says that it cannot, only when its rows are read to the end
        return found;
    }
}
