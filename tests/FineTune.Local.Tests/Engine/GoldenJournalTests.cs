using FineTune.Local.Engine.Journaling;
using FineTune.Ports;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Tests.Engine;

/// <summary>A journal as version 1 wrote it, word for word: today's engine must go on from it. Never edit it; add later versions.</summary>
public sealed class GoldenJournalTests
{
    private const string Version1 = """
        CREATE TABLE instances (
            id TEXT NOT NULL PRIMARY KEY, workflow TEXT NOT NULL, status TEXT NOT NULL, generation INTEGER NOT NULL, input TEXT NOT NULL,
            started_at INTEGER NOT NULL, parent_id TEXT, output TEXT, error_type TEXT, error TEXT, progress TEXT) STRICT;
        CREATE INDEX instances_unfinished ON instances (id) WHERE status IN ('Running', 'Parked');
        CREATE TABLE steps (
            instance_id TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, input TEXT, child_id TEXT,
            turn INTEGER NOT NULL, due_at INTEGER, failed_attempts INTEGER NOT NULL DEFAULT 0, outcome TEXT, payload TEXT,
            error_type TEXT, delivery INTEGER, completed_at INTEGER, PRIMARY KEY (instance_id, seq)) STRICT, WITHOUT ROWID;
        CREATE TABLE inbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL, name TEXT NOT NULL, payload TEXT NOT NULL) STRICT;
        CREATE INDEX inbox_by_instance ON inbox (instance_id);
        PRAGMA user_version = 1;

        INSERT INTO instances VALUES
            ('i-1', 'Main', 'Running', 1, '{"Text":"a"}', 639028224000000000, NULL, NULL, NULL, NULL,
             '{"step":"Training","detail":"Half way.","percent":50}'),
            ('i-1:child', 'Child', 'Completed', 3, '{"Text":"Fetch(ay)"}', 639028224000000000, 'i-1', '{"Text":"grown"}', NULL, NULL, NULL),
            ('i-2', 'Main', 'Failed', 1, '{"Text":"b"}', 639028224000000000, NULL, NULL, 'HopelessException', 'never', NULL),
            ('i-3', 'Main', 'Parked', 1, '{"Text":"second c"}', 639028224000000000, NULL, NULL, NULL, 'Step 0 was …', NULL);
        INSERT INTO steps VALUES
            ('i-1', 0, 'Activity', 'Fetch', '{"Text":"ax"}', NULL, 0, NULL, 0, 'Succeeded', '{"Text":"x"}', NULL, 2, 639028224020000000),
            ('i-1', 1, 'Activity', 'Fetch', '{"Text":"ay"}', NULL, 0, 639028224010000000, 1, 'Succeeded', '{"Text":"y"}', NULL, 3,
             639028224020000000),
            ('i-1', 2, 'Activity', 'Fetch', '{"Text":"az"}', NULL, 0, NULL, 0, 'Succeeded', '{"Text":"z"}', NULL, 1, 639028224010000000),
            ('i-1', 3, 'Timer', '', NULL, NULL, 3, 639028227020000000, 0, 'Succeeded', NULL, NULL, 4, 639028227020000000),
            ('i-1', 4, 'SubWorkflow', 'Child', NULL, 'i-1:child', 4, NULL, 0, 'Succeeded', '{"Text":"grown"}', NULL, 5,
             639028227030000000),
            ('i-1', 5, 'Event', 'answer', NULL, NULL, 5, 639028263030000000, 0, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO inbox (instance_id, name, payload) VALUES ('i-1', 'Answer', '{"Text":"kept"}');
        """;

    [Fact]
    public async Task Start_GoesOnFromJournal_WrittenByVersion1()
    {
        await using var engine = new TestEngine()
            .With("Main", Workflows.EverythingAsync).With("Child", (context, input) => context.CallAsync(nameof(Refine), input));
        Write(engine.Folder);
        Assert.Equal(50, engine.State().Progress!.Percent);

        await engine.StartAsync();
        await engine.IdleAsync();

        Assert.Equal("Store(second x grown kept)", engine.Output());
        Assert.Equal("Store(second c)", engine.Output("i-3"));
        Assert.Equal(new WorkflowState("i-2", WorkflowStatus.Failed, Progress: null, "HopelessException: never"), engine.State("i-2"));
    }

    private static void Write(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={JournalFile.PathIn(folder)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Version1;
        command.ExecuteNonQuery();
    }
}
