using System.Text.Json;
using FineTune.Hosting;
using FineTune.Local.Storage;
using FineTune.Ports;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Tests.Storage;

public sealed class LedgerFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Ledger => _folder["ledger.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("synchronous", "2")] // FULL
    [InlineData("journal_mode", "wal")]
    [InlineData("busy_timeout", "10000")]
    [InlineData("user_version", "3")]
    public async Task Writer_IsSetUpToLoseNothing(string pragma, string expected)
    {
        using LedgerFile file = new(Ledger);

        Assert.Equal(expected, await file.WriteAsync(writer => writer.Find($"PRAGMA {pragma}", row => row.GetString(0)), Token));
    }

    [Fact]
    public async Task Ledger_KeepsEverything_WhenTheProgramStartsAgain()
    {
        using (SqliteRunLedger before = new(Ledger))
        {
            await before.TryAddRunAsync(Rows.Run("run-1"), Token);
            await before.TryAddClaimAsync(Rows.Claim("key"), Token);
            await before.AddEventsAsync("run-1", [Rows.Event(1), Rows.Event(2)], Token);
            await before.PutModelAsync(Rows.Model("ft:m", Rows.Noon), Token);
            await before.PutAliasAsync(Rows.Alias("ft:m"), Token);
        }

        using SqliteRunLedger after = new(Ledger);

        RunRow run = (await after.FindRunAsync("run-1", Token))!;
        await after.UpdateRunAsync(run with { Status = RunStatus.Succeeded }, Token);
        Assert.Null(await after.TryAddClaimAsync(Rows.Claim("key", "run-2"), Token));
        Assert.Equal(2, await after.ListEventsAsync("run-1", Token).CountAsync(Token));
        Assert.Equal("ft:m", (await after.ListModelsAsync(Token).SingleAsync(Token)).ModelId);
        Assert.Equal("ft:m", (await after.FindAliasAsync("support-bot", Token))!.ModelId);
    }

    [Fact]
    public async Task Open_MakesOneLedger_WhenManyProgramsOpenANewFileAtOnce()
    {
        SqliteRunLedger[] ledgers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new SqliteRunLedger(Ledger), Token)));

        bool[] added = await Task.WhenAll(ledgers.Select(ledger => ledger.TryAddRunAsync(Rows.Run("run-1"), Token)));
        foreach (SqliteRunLedger ledger in ledgers)
        {
            ledger.Dispose();
        }

        Assert.Single(added, won => won);
    }

    [Fact]
    public void Open_RefusesAndSaysWhatToDo_WhenANewerProgramWroteTheFile()
    {
        Write("PRAGMA user_version = 99");

        var refusal = Assert.Throws<LedgerUnavailableException>(() => new SqliteRunLedger(Ledger));

        Assert.Equal(
            $"The ledger '{Ledger}' has schema 99, but this program knows schemas up to 3: a newer program wrote it. "
            + "Use that newer version, or another data folder.",
            refusal.Message);
        Write("PRAGMA user_version = 98"); // the refused file is not held open
    }

    [Fact]
    public async Task Open_SaysWhatToDo_WhenTheFileIsNoLedger()
    {
        await File.WriteAllTextAsync(Ledger, new string('x', 8192), Token);

        var refusal = Assert.Throws<LedgerUnavailableException>(() => new SqliteRunLedger(Ledger));

        Assert.Contains("is damaged or no ledger at all. Move it away", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SaysWhatToDo_WhenAFolderHasTheName()
    {
        Directory.CreateDirectory(Ledger);

        var refusal = Assert.Throws<LedgerUnavailableException>(() => new SqliteRunLedger(Ledger));

        Assert.Contains("cannot be opened", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListRunsAsync_SaysWhatToDo_WhenTheFileIsDamagedInside()
    {
        using (SqliteRunLedger sound = new(Ledger))
        {
            await sound.TryAddRunAsync(Rows.Run("run-1"), Token);
        }

        byte[] bytes = await File.ReadAllBytesAsync(Ledger, Token);
        Array.Fill(bytes, (byte)0xEE, 4096, bytes.Length - 4096);
        await File.WriteAllBytesAsync(Ledger, bytes, Token);
        using SqliteRunLedger damaged = new(Ledger);

        var refusal = await Assert.ThrowsAsync<LedgerUnavailableException>(() => damaged.ListRunsAsync(Token).ToListAsync(Token).AsTask());

        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_SaysWhatToDoAndGoesOnLater_WhenTheDiskIsFull()
    {
        using LedgerFile file = new(Ledger);
        await file.WriteAsync(writer => writer.Execute("PRAGMA max_page_count = 1"), Token); // SQLite takes the present size

        var refusal = await Assert.ThrowsAsync<LedgerUnavailableException>(() => AddLargeModelAsync(file));
        await file.WriteAsync(writer => writer.Execute("PRAGMA max_page_count = 1000000"), Token);
        int added = await AddLargeModelAsync(file);

        Assert.Equal($"The ledger '{Ledger}' could not be written: the disk is full. Free some space and try again (SQLite error 13).", refusal.Message);
        Assert.Equal(1, added);
    }

    [Theory]
    [InlineData(5, "kept locked by another program")]
    [InlineData(8, "is read-only")]
    [InlineData(10, "Check the disk")]
    [InlineData(11, "is damaged")]
    [InlineData(13, "the disk is full")]
    [InlineData(14, "cannot be opened")]
    [InlineData(26, "no ledger at all")]
    public void Message_NamesTheCure_WhenAPersonCanHelp(int error, string cure)
    {
        SqliteException cause = new("as SQLite says it", error);

        Assert.True(LedgerUnavailableException.Explains(cause));
        Assert.Contains(cure, new LedgerUnavailableException(Ledger, cause).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)] // a mistake in a statement
    [InlineData(19)] // a broken constraint
    public void Explains_IsFalse_WhenTheMistakeIsOurs(int error) => Assert.False(LedgerUnavailableException.Explains(new SqliteException("", error)));

    [Fact]
    public async Task WriteAsync_GivesItsTurnBack_WhenAWriteFails()
    {
        using LedgerFile file = new(Ledger);

        await Assert.ThrowsAsync<SqliteException>(() => file.WriteAsync(writer => writer.Execute("no statement"), Token));

        Assert.Equal(0, await file.WriteAsync(writer => writer.Execute("DELETE FROM models"), Token));
    }

    [Fact]
    public void Json_ReadsWhatEarlierVersionsWrote()
    {
        const string Run =
            """{"runId":"run-1","dataset":{"name":"support.jsonl","eTag":"1f4-8de","length":500},"spec":{"model":"gpt-4.1-mini-2025-04-14","method":"supervised","hyperparameters":{},"seed":42},"createdAt":"2026-11-21T12:00:00+00:00","updatedAt":"0001-01-01T00:00:00+00:00","status":"Running","cancelRequested":false,"uploadBegun":false,"validationUploadBegun":false,"uploadRepeated":false}""";
        const string Claim =
            """{"key":"key","runId":"run-1","attempts":0}""";
        const string Event =
            """{"id":"ev-1","createdAt":"2026-11-21T12:00:00+00:00","level":"info","type":"message","message":"Step 1"}""";
        const string Model =
            """{"modelId":"ft:m","runId":"run-1","jobId":"ftjob-1","baseModel":"gpt-4.1-mini-2025-04-14","dataset":"support.jsonl","createdAt":"2026-11-21T12:00:00+00:00"}""";

        string today = Run.Replace("\"uploadBegun\"", "\"priority\":0,\"jobPauseAsked\":false,\"uploadBegun\"", StringComparison.Ordinal);
        Assert.Equal(today, JsonSerializer.Serialize(Rows.Run("run-1"), LedgerJson.Default.RunRow));
        Assert.Equal(Claim, JsonSerializer.Serialize(Rows.Claim("key"), LedgerJson.Default.SpendingClaim));
        Assert.Equal(Event, JsonSerializer.Serialize(Rows.Event(1), LedgerJson.Default.RunEvent));
        Assert.Equal(Model, JsonSerializer.Serialize(Rows.Model("ft:m", Rows.Noon), LedgerJson.Default.ModelRow));
        Assert.Equal(Rows.Run("run-1"), JsonSerializer.Deserialize(Run, LedgerJson.Default.RunRow));
    }

    private static Task<int> AddLargeModelAsync(LedgerFile file) => file.WriteAsync(
        writer => writer.Execute("INSERT INTO models (model_id, created_at, body) VALUES ('m', 0, $body)", ("$body", new string('x', 100_000))), Token);

    private void Write(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Ledger};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
