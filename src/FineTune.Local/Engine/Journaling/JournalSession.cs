using FineTune.Ports;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Engine.Journaling;

/// <summary>The changes that can be made to the journal, each within the transaction that <see cref="JournalWriter"/> has open.</summary>
internal sealed class JournalSession(SqliteConnection connection) : IDisposable
{
    private readonly Statements _sql = new(connection);

    /// <summary>False when the id is taken.</summary>
    public bool TryAddInstance(InstanceRow row) => _sql.Execute(
        """
        INSERT INTO instances (id, workflow, status, generation, input, started_at, parent_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING
        """,
        row.Id, row.Workflow, row.Status.ToString(), row.Generation, row.Input, row.StartedAt.Ticks, row.ParentId) == 1;

    public void AddStep(string instanceId, StepRow step) => _sql.Execute(
        "INSERT INTO steps (instance_id, seq, kind, name, input, child_id, turn, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        instanceId, step.Seq, step.Kind.ToString(), step.Name, step.Input, step.ChildId, step.Turn, step.DueAt?.Ticks);

    public void PostponeStep(string instanceId, StepRow step) => _sql.Execute(
        "UPDATE steps SET failed_attempts = $3, due_at = $4 WHERE instance_id = $1 AND seq = $2",
        instanceId, step.Seq, step.FailedAttempts, step.DueAt?.Ticks);

    public void CompleteStep(string instanceId, int seq, StepOutcome outcome)
    {
        _sql.Execute(
            """
            UPDATE steps SET outcome = $3, payload = $4, error_type = $5, delivery = $6, completed_at = $7
            WHERE instance_id = $1 AND seq = $2
            """,
            instanceId, seq, outcome.Kind.ToString(), outcome.Payload, outcome.ErrorType, outcome.Delivery, outcome.At.Ticks);

        if (outcome.InboxId is { } consumed)
        {
            _sql.Execute("DELETE FROM inbox WHERE id = $1", consumed);
        }
    }

    public void SetProgress(string instanceId, string progress)
        => _sql.Execute("UPDATE instances SET progress = $2 WHERE id = $1", instanceId, progress);

    /// <summary>Replaces the generation: a new input, no history; the inbox stays.</summary>
    public void Renew(InstanceRow next)
    {
        _sql.Execute(
            "UPDATE instances SET generation = $2, input = $3, started_at = $4 WHERE id = $1",
            next.Id, next.Generation, next.Input, next.StartedAt.Ticks);
        _sql.Execute("DELETE FROM steps WHERE instance_id = $1", next.Id);
    }

    /// <summary>Writes the final state. The history of a failure is kept for whoever looks into it.</summary>
    public void Finish(InstanceRow ended)
    {
        SetStatus(ended);
        _sql.Execute("DELETE FROM inbox WHERE instance_id = $1", ended.Id);
        if (ended.Status == WorkflowStatus.Completed)
        {
            _sql.Execute("DELETE FROM steps WHERE instance_id = $1", ended.Id);
        }
    }

    /// <summary>False when there is no finished instance of this id.</summary>
    public bool TryForget(string instanceId)
    {
        bool isOver = _sql.Execute("DELETE FROM instances WHERE id = $1 AND status IN ('Completed', 'Failed')", instanceId) == 1;
        if (isOver)
        {
            _sql.Execute("DELETE FROM steps WHERE instance_id = $1", instanceId);
        }

        return isOver;
    }

    public void SetStatus(InstanceRow row) => _sql.Execute(
        "UPDATE instances SET status = $2, output = $3, error_type = $4, error = $5 WHERE id = $1",
        row.Id, row.Status.ToString(), row.Output, row.ErrorType, row.Error);

    /// <summary>False when there is no unfinished instance of this id.</summary>
    public bool TryAddEvent(string instanceId, string name, string payload) => _sql.Execute(
        """
        INSERT INTO inbox (instance_id, name, payload)
        SELECT $1, $2, $3 WHERE EXISTS (SELECT 1 FROM instances WHERE id = $1 AND status IN ('Running', 'Parked'))
        """,
        instanceId, name, payload) == 1;

    /// <summary>Changes whenever another connection has committed something.</summary>
    public long ReadDataVersion() => ReadPragma("data_version");

    public long ReadPragma(string setting) => (long)_sql.Scalar($"PRAGMA {setting}")!;

    /// <summary>Who has had events put into the inbox after the one with <paramref name="lastId"/>, and the newest id.</summary>
    public (IReadOnlyList<string> Instances, long LastId) ReadInboxAfter(long lastId)
    {
        var rows = _sql.Read(
            "SELECT id, instance_id FROM inbox WHERE id > $1 ORDER BY id", r => (Id: r.GetInt64(0), Instance: r.GetString(1)), lastId);
        return (rows.Select(row => row.Instance).Distinct().ToArray(), rows.Count == 0 ? lastId : rows[^1].Id);
    }

    public void Dispose() => _sql.Dispose();
}
