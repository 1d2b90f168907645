using FineTune.Local.Engine;
using FineTune.Local.Engine.Journaling;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Tests.Engine;

public sealed class JournalTests
{
    [Fact]
    public async Task Journal_SurvivesPowerCut_ByWalAndFullSynchronisation()
    {
        await using var engine = await new TestEngine().StartAsync();

        long synchronous = await engine.Engine.Writer.CommitAsync(session => session.ReadPragma("synchronous"));

        Assert.Equal(2, synchronous);
        using var connection = JournalFile.OpenExisting(engine.Folder, SqliteOpenMode.ReadOnly)!;
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", command.ExecuteScalar());
    }

    [Fact]
    public async Task Stop_LeavesOneFile_WhichCanBeReadAndCopied()
    {
        await using var engine = await new TestEngine().With("Main", Workflows.ThreeStepsAsync).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();

        await engine.StopAsync();

        Assert.Equal(["journal.db"], Directory.GetFiles(engine.Folder, "journal*").Select(Path.GetFileName));
        Assert.Equal("Store(Refine(Fetch(a)))", engine.Output());
    }

    [Fact]
    public async Task Start_NamesFolderAndHolder_WhenAnotherEngineHasIt()
    {
        await using var engine = await new TestEngine().StartAsync();
        await using var second = engine.CreateEngine();

        var refusal = await Assert.ThrowsAsync<FolderInUseException>(() => second.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(Environment.ProcessId, refusal.Holder);
        Assert.Contains($"'{Path.GetDirectoryName(engine.Folder)}'", refusal.Message, StringComparison.Ordinal); // people know the data folder, not the engine's within it
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Refuses_WhenJournalIsOfLaterVersion()
    {
        await using var engine = await new TestEngine().StartAsync();
        await engine.StopAsync();
        using (var connection = JournalFile.OpenExisting(engine.Folder, SqliteOpenMode.ReadWrite)!)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var refusal = await Assert.ThrowsAsync<JournalUnusableException>(engine.StartAsync);

        Assert.Contains("version 99, this program knows version 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Refuses_WhenJournalIsNoDatabase()
    {
        await using var engine = new TestEngine();
        await File.WriteAllTextAsync(
            JournalFile.PathIn(engine.Folder), new string('x', 5000), TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<JournalUnusableException>(engine.StartAsync);

        Assert.Contains(JournalFile.PathIn(engine.Folder), refusal.Message, StringComparison.Ordinal);
        File.Delete(JournalFile.PathIn(engine.Folder));
        await engine.StartAsync();
    }

    [Fact]
    public async Task Commit_FailsAlone_WhenOneChangeIsAtFault()
    {
        await using var engine = await new TestEngine().StartAsync();
        var gate = new TaskCompletionSource();
        var row = new InstanceRow { Id = "good", Workflow = "Main", Input = "{}", StartedAt = DateTime.UnixEpoch };

        var first = engine.Engine.Writer.CommitAsync(_ => gate.Task.Wait(TestContext.Current.CancellationToken));
        var bad = engine.Engine.Writer.CommitAsync<bool>(_ => throw new InvalidOperationException("mine"));
        var good = engine.Engine.Writer.CommitAsync(session => session.TryAddInstance(row));
        gate.SetResult();

        await first;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.True(await good);
        Assert.NotNull(engine.Journal.Find("good"));
    }
}
