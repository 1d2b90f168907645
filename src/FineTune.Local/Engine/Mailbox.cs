using System.Threading.Channels;

namespace FineTune.Local.Engine;

/// <summary>The signals that have reached an instance. What lies in it, and what the instance does about it, counts as under way.</summary>
internal sealed class Mailbox(IdleCount idle)
{
    private readonly Channel<Signal> _signals = Channel.CreateUnbounded<Signal>(new() { SingleReader = true });

    /// <summary>Without effect once it is closed.</summary>
    public void Post(Signal signal)
    {
        idle.Enter();
        if (!_signals.Writer.TryWrite(signal))
        {
            idle.Leave();
        }
    }

    public void Close() => _signals.Writer.TryComplete();

    /// <summary>Waits for signals and takes out all there are; none when it is closed and empty.</summary>
    public async Task<IReadOnlyList<Signal>> TakeAllAsync()
    {
        idle.Leave();
        await _signals.Reader.WaitToReadAsync();
        idle.Enter();
        return TakeAll();
    }

    public IReadOnlyList<Signal> TakeAll()
    {
        var signals = new List<Signal>();
        while (_signals.Reader.TryRead(out var signal))
        {
            signals.Add(signal);
            idle.Leave();
        }

        return signals;
    }
}
