namespace FineTune.Local.Engine;

/// <summary>Notices events that other processes put into the journal's inbox.</summary>
internal sealed class InboxWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly EngineParts _parts;
    private readonly LiveInstances _instances;
    private readonly ITimer _timer;
    private long _lastId;
    private long _lastVersion;
    private int _isLooking;

    public InboxWatch(EngineParts parts, LiveInstances instances)
    {
        _parts = parts;
        _instances = instances;
        _timer = parts.Clock.CreateTimer(_ => Tick(), state: null, Period, Period);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Tick()
    {
        // One look at a time: while the disk is full, a look takes as long as that.
        if (Interlocked.Exchange(ref _isLooking, 1) == 0)
        {
            _parts.Idle.Enter();
            _ = LookAsync();
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var (version, (receivers, lastId)) = await _parts.Writer.CommitAsync(session =>
            {
                long current = session.ReadDataVersion();
                return (current, current == _lastVersion ? ([], _lastId) : session.ReadInboxAfter(_lastId));
            });
            (_lastVersion, _lastId) = (version, lastId);
            foreach (string receiver in receivers)
            {
                _instances.Post(receiver, new Signal.InboxChanged());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or Journaling.JournalUnusableException)
        {
            // The engine stops; what lies in the inbox is found at the next start.
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
            _parts.Idle.Leave();
        }
    }
}
