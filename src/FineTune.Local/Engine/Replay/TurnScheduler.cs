namespace FineTune.Local.Engine.Replay;

/// <summary>Runs workflow code in turns on one thread at a time, each until all of it waits for the journal again.</summary>
internal sealed class TurnScheduler(Action strayed) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Code, object? State)> _ready = new();
    private int _turnThread;

    /// <summary>Whether the caller is the workflow code, and it is its turn.</summary>
    public bool IsOnTurn => Volatile.Read(ref _turnThread) == Environment.CurrentManagedThreadId && Current == this;

    public void Run(Action code)
    {
        var before = Current;
        SetSynchronizationContext(this);
        Volatile.Write(ref _turnThread, Environment.CurrentManagedThreadId);
        try
        {
            code();
            while (_ready.TryDequeue(out var next))
            {
                next.Code(next.State);
            }
        }
        finally
        {
            Volatile.Write(ref _turnThread, 0);
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsOnTurn)
        {
            _ready.Enqueue((d, state));
        }
        else
        {
            // Something other than the context's own tasks was awaited: no journal can bring that back.
            strayed();
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
        => throw new NotSupportedException("Workflow code runs in turns; nothing can be sent into one.");

    public override SynchronizationContext CreateCopy() => this;
}
