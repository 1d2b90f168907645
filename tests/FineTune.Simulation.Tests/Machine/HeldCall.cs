namespace FineTune.Simulation.Tests.Machine;

/// <summary>Where a call stands when it is held.</summary>
internal enum Place
{
    /// <summary>An activity is about to begin.</summary>
    Step,

    /// <summary>About to read or write the ledger or the datasets.</summary>
    Storage,

    /// <summary>About to go out to the provider.</summary>
    Request,

    /// <summary>The provider has done its work; nobody has heard of it yet.</summary>
    Answer,
}

/// <summary>What becomes of a held call.</summary>
internal enum Verdict
{
    Go,

    /// <summary>No connection: surely nothing was sent.</summary>
    Refuse,

    /// <summary>No answer within the time-out.</summary>
    Lose,
}

/// <summary>A call that waits until the simulation lets it go on.</summary>
internal sealed class HeldCall(string label, Place place, DateTimeOffset since)
{
    private readonly TaskCompletionSource<Verdict> _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Who calls what; no two calls that are held at a host have the same.</summary>
    public string Label { get; } = label;

    public Place Place { get; } = place;

    public DateTimeOffset Since { get; } = since;

    public Task<Verdict> Decision => _verdict.Task;

    public void Decide(Verdict verdict) => _verdict.TrySetResult(verdict);

    public void Cancel() => _verdict.TrySetException(new OperationCanceledException("The simulated host stops."));
}
