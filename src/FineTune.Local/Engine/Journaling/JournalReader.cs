using FineTune.Ports;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Engine.Journaling;

/// <summary>Reads the journal of a data folder, also while an engine in this or another process writes it.</summary>
internal sealed class JournalReader(string folder)
{
    private const string InstanceColumns =
        "id, workflow, status, generation, input, started_at, parent_id, output, error_type, error, progress";

    /// <summary>Null when there is no such instance.</summary>
    public InstanceRow? Find(string instanceId)
        => Read($"SELECT {InstanceColumns} FROM instances WHERE id = $1", ToInstance, instanceId).SingleOrDefault();

    /// <summary>Every instance, in the order of the ids.</summary>
    public IReadOnlyList<InstanceRow> List() => Read($"SELECT {InstanceColumns} FROM instances ORDER BY id", ToInstance);

    /// <summary>All that an engine has to take up again.</summary>
    public IReadOnlyList<InstanceRow> ListUnfinished()
        => Read($"SELECT {InstanceColumns} FROM instances WHERE status IN ('Running', 'Parked') ORDER BY id", ToInstance);

    /// <summary>The current generation's, in the order it was asked for.</summary>
    public IReadOnlyList<StepRow> ReadSteps(string instanceId) => Read(
        """
        SELECT seq, kind, name, input, child_id, turn, due_at, failed_attempts, outcome, payload, error_type, delivery, completed_at
        FROM steps WHERE instance_id = $1 ORDER BY seq
        """,
        ToStep,
        instanceId);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<InboxRow> ReadInbox(string instanceId) => Read(
        "SELECT id, name, payload FROM inbox WHERE instance_id = $1 ORDER BY id",
        r => new InboxRow(r.GetInt64(0), r.GetString(1), r.GetString(2)),
        instanceId);

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var connection = JournalFile.OpenExisting(folder, SqliteOpenMode.ReadOnly);
        if (connection is null)
        {
            return [];
        }

        using var statements = new Statements(connection);
        return statements.Read(sql, map, values);
    }

    private static InstanceRow ToInstance(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Workflow = row.GetString(1),
        Status = Enum.Parse<WorkflowStatus>(row.GetString(2)),
        Generation = row.GetInt32(3),
        Input = row.GetString(4),
        StartedAt = ToTime(row.GetInt64(5)),
        ParentId = row.GetValue(6) as string,
        Output = row.GetValue(7) as string,
        ErrorType = row.GetValue(8) as string,
        Error = row.GetValue(9) as string,
        Progress = row.GetValue(10) as string,
    };

    private static StepRow ToStep(SqliteDataReader row) => new(row.GetInt32(0), Enum.Parse<StepKind>(row.GetString(1)), row.GetString(2))
    {
        Input = row.GetValue(3) as string,
        ChildId = row.GetValue(4) as string,
        Turn = row.GetInt32(5),
        DueAt = row.GetValue(6) is long due ? ToTime(due) : null,
        FailedAttempts = row.GetInt32(7),
        Outcome = row.GetValue(8) is string kind ? ToOutcome(row, kind) : null,
    };

    private static StepOutcome ToOutcome(SqliteDataReader row, string kind)
        => new(Enum.Parse<OutcomeKind>(kind), row.GetValue(9) as string, row.GetValue(10) as string)
        {
            Delivery = row.GetInt32(11),
            At = ToTime(row.GetInt64(12)),
        };

    private static DateTime ToTime(long ticks) => new(ticks, DateTimeKind.Utc);
}
