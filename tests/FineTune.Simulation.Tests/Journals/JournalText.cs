using System.Globalization;
using System.Text;
using FineTune.Local.Engine.Journaling;
using Microsoft.Data.Sqlite;

namespace FineTune.Simulation.Tests.Journals;

/// <summary>A journal as text that a person can read and a later version of the product must go on from: its own schema and all its rows.</summary>
internal static class JournalText
{
    /// <summary>SQL that makes the same journal again.</summary>
    public static string Read(string folder)
    {
        using SqliteConnection journal = Open(folder);
        StringBuilder text = new();
        foreach (string statement in Select(journal, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY type DESC, name"))
        {
            text.Append(statement).Append(";\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Select(journal, "PRAGMA user_version").Single()};\n");
        foreach (string table in Select(journal, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"))
        {
            string columns = string.Join(" || ', ' || ", Select(journal, $"SELECT name FROM pragma_table_info('{table}')").Select(column => $"quote({column})"));
            foreach (string row in Select(journal, $"SELECT {columns} FROM {table}"))
            {
                text.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table} VALUES ({row});\n");
            }
        }

        return text.ToString();
    }

    public static void Write(string text, string folder)
    {
        Directory.CreateDirectory(folder);
        using SqliteConnection journal = Open(folder);
        using SqliteCommand command = journal.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string folder)
    {
        SqliteConnection connection = new($"Data Source={JournalFile.PathIn(folder)};Pooling=False");
        connection.Open();
        return connection;
    }

    private static List<string> Select(SqliteConnection journal, string sql)
    {
        using SqliteCommand command = journal.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader rows = command.ExecuteReader();
        List<string> all = [];
        while (rows.Read())
        {
            all.Add(rows.GetString(0));
        }

        return all;
    }
}
