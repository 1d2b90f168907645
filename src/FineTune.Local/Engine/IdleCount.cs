namespace FineTune.Local.Engine;

/// <summary>Counts what is under way, so that one can wait until the engine itself only waits.</summary>
internal sealed class IdleCount
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _idle = CompletedSource();
    private int _busy;

    /// <summary>Completes when nothing is left to do but wait for an alarm, an event or a call.</summary>
    public Task WhenIdle
    {
        get
        {
            lock (_lock)
            {
                return _idle.Task;
            }
        }
    }

    public void Enter()
    {
        lock (_lock)
        {
            if (_busy++ == 0)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public void Leave(int count = 1)
    {
        lock (_lock)
        {
            _busy -= count;
            if (_busy == 0)
            {
                _idle.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource CompletedSource()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
