using Microsoft.Data.Sqlite;

namespace FineTune.Local.Engine.Journaling;

/// <summary>Prepares each SQL text once per connection. Parameters are <c>$1</c>, <c>$2</c> …</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>Returns how many rows were changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar();

    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            _prepared.Add(sql, command);
        }

        for (int i = command.Parameters.Count; i < values.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
        }

        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
