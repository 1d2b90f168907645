using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Engine.Journaling;

/// <summary>
/// The one writer of the journal. What many instances want written at the same time shares one transaction and so one flush to
/// the disk; each change is all there or not at all, in the order it was asked for.
/// </summary>
internal sealed partial class JournalWriter : IDisposable
{
    private const int LargestBatch = 512;
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(5);

    private readonly Channel<PendingWrite> _queue = Channel.CreateUnbounded<PendingWrite>(new() { SingleReader = true });
    private readonly List<PendingWrite> _batch = new(LargestBatch);
    private readonly CancellationTokenSource _abort = new();
    private readonly SqliteConnection _connection;
    private readonly GroupCommit _commit;
    private readonly TimeProvider _clock;
    private readonly Func<SqliteConnection, CancellationToken, Task>? _beforeCommit;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private bool _inTrouble;

    public JournalWriter(
        SqliteConnection connection,
        TimeProvider clock,
        ILogger<JournalWriter> logger,
        Func<SqliteConnection, CancellationToken, Task>? beforeCommit)
    {
        _connection = connection;
        _commit = new GroupCommit(connection);
        _clock = clock;
        _logger = logger;
        _beforeCommit = beforeCommit;
        _loop = Task.Run(WriteAsync);
    }

    /// <summary>Completes once the change is on the disk, however long the disk is full.</summary>
    public Task<T> CommitAsync<T>(Func<JournalSession, T> change) => EnqueueAsync(change, patient: true);

    /// <inheritdoc cref="CommitAsync{T}(Func{JournalSession, T})"/>
    public Task CommitAsync(Action<JournalSession> change) => EnqueueAsync(
        session =>
        {
            change(session);
            return true;
        },
        patient: true);

    /// <summary>For callers with someone waiting.</summary>
    /// <exception cref="JournalUnusableException">The journal cannot be written now.</exception>
    public Task<T> TryCommitAsync<T>(Func<JournalSession, T> change) => EnqueueAsync(change, patient: false);

    /// <summary>Writes what was asked for so far, unless <paramref name="abort"/> fires, and takes no more.</summary>
    public async Task CloseAsync(CancellationToken abort)
    {
        _queue.Writer.TryComplete();
        await using var registration = abort.Register(_abort.Cancel);
        await _loop;
    }

    public void Dispose()
    {
        _commit.Dispose();
        _connection.Dispose();
        _abort.Dispose();
    }

    private Task<T> EnqueueAsync<T>(Func<JournalSession, T> change, bool patient)
    {
        var write = new PendingWrite<T>(change) { Patient = patient };
        if (_queue.Writer.TryWrite(write))
        {
            return write.Answer;
        }

        if (patient)
        {
            write.GiveUp();
        }
        else
        {
            write.Fail(new JournalUnusableException(
                "The engine is stopping: nothing more is written. Start it again and repeat the request."));
        }

        return write.Answer;
    }

    private async Task WriteAsync()
    {
        try
        {
            while (_batch.Count > 0 || await _queue.Reader.WaitToReadAsync(_abort.Token))
            {
                await WriteBatchAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop with writes outstanding.
        }
        catch (Exception e)
        {
            Log.Broken(_logger, _connection.DataSource, e);
        }
        finally
        {
            GiveUpOutstanding();
        }
    }

    private void GiveUpOutstanding()
    {
        _queue.Writer.TryComplete();
        _batch.ForEach(write => write.GiveUp());
        while (_queue.Reader.TryRead(out var write))
        {
            write.GiveUp();
        }
    }

    private async Task WriteBatchAsync()
    {
        while (_batch.Count < LargestBatch && _queue.Reader.TryRead(out var write))
        {
            _batch.Add(write);
        }

        if (_beforeCommit is not null)
        {
            await _beforeCommit(_connection, _abort.Token);
        }

        try
        {
            _commit.Write(_batch);
            LeaveTrouble();
        }
        catch (SqliteException e)
        {
            await SitOutAsync(e);
        }
    }

    private async Task SitOutAsync(SqliteException cause)
    {
        if (!_inTrouble)
        {
            _inTrouble = true;
            Log.Unwritable(_logger, _connection.DataSource, cause.Message, PauseAfterTrouble);
        }

        var failure = new JournalUnusableException(
            $"The journal '{_connection.DataSource}' cannot be written: {cause.Message} Nothing was done. "
            + "Free space on its disk or repair the access to it, then try again.",
            cause);
        _batch.Where(write => !write.Patient).ToList().ForEach(write => write.Fail(failure));
        _batch.RemoveAll(write => !write.Patient);
        if (_batch.Count > 0)
        {
            await Task.Delay(PauseAfterTrouble, _clock, _abort.Token);
        }
    }

    private void LeaveTrouble()
    {
        if (_inTrouble)
        {
            _inTrouble = false;
            Log.WritableAgain(_logger, _connection.DataSource);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical,
            "The journal {Journal} cannot be written: {Reason} All workflows wait and lose nothing; free space or repair the access. "
            + "Trying again every {Pause}.")]
        public static partial void Unwritable(ILogger logger, string journal, string reason, TimeSpan pause);

        [LoggerMessage(2, LogLevel.Information, "The journal {Journal} can be written again; the workflows go on.")]
        public static partial void WritableAgain(ILogger logger, string journal);

        [LoggerMessage(3, LogLevel.Critical, "Nothing is written to {Journal} any more; restart the program, it goes on from there.")]
        public static partial void Broken(ILogger logger, string journal, Exception cause);
    }
}
