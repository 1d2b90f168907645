using FineTune.Local.Engine;

namespace FineTune.Simulation.Tests.Machine;

/// <summary>
/// Every way out of one host. Whoever wants out is held until the simulation decides; while it is held it does not count as under way, so
/// that "idle" means: nothing moves unless the simulation moves it.
/// </summary>
internal sealed class Gates(TimeProvider truth)
{
    private static readonly AsyncLocal<string?> CurrentCaller = new();

    private readonly Lock _lock = new();
    private readonly List<HeldCall> _held = [];
    private bool _isClosed;

    /// <summary>Who is calling, for the label of what it calls.</summary>
    public static string? Caller
    {
        get => CurrentCaller.Value;
        set => CurrentCaller.Value = value;
    }

    /// <summary>The host's own count of what is under way; set before the host starts.</summary>
    public IdleCount Idle { get; set; } = new();

    /// <summary>In an order that does not depend on who came first.</summary>
    public IReadOnlyList<HeldCall> Held
    {
        get
        {
            lock (_lock)
            {
                return [.. _held.OrderBy(call => call.Label, StringComparer.Ordinal)];
            }
        }
    }

    /// <exception cref="OperationCanceledException">The host is being stopped, or is dead.</exception>
    public async Task<Verdict> PassAsync(Place place, string what, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HeldCall call = new($"{Caller}: {what}", place, truth.GetUtcNow());
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new OperationCanceledException("The simulated host is dead.");
            }

            _held.Add(call);
        }

        Idle.Leave();
        await using CancellationTokenRegistration registration = cancellationToken.Register(() => Take(call)?.Cancel());
        return await call.Decision;
    }

    public void Release(HeldCall call, Verdict verdict) => Take(call)?.Decide(verdict);

    /// <summary>From now on nobody gets out.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    /// <summary>Null when somebody else was faster.</summary>
    private HeldCall? Take(HeldCall call)
    {
        lock (_lock)
        {
            if (!_held.Remove(call))
            {
                return null;
            }
        }

        Idle.Enter();
        return call;
    }
}
