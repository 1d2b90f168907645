namespace FineTune.Local.Engine.Journaling;

/// <summary>A change that waits for its turn at the journal.</summary>
internal abstract class PendingWrite
{
    /// <summary>Whether it waits until the journal can be written again; otherwise it fails at once.</summary>
    public required bool Patient { get; init; }

    public abstract void Apply(JournalSession session);

    /// <summary>Called once the change cannot be lost any more.</summary>
    public abstract void Acknowledge();

    public abstract void Fail(Exception cause);

    /// <summary>Called when the engine stops without having written it.</summary>
    public abstract void GiveUp();
}

/// <summary>A change with an answer.</summary>
internal sealed class PendingWrite<T>(Func<JournalSession, T> change) : PendingWrite
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _value;

    public Task<T> Answer => _answer.Task;

    public override void Apply(JournalSession session) => _value = change(session);

    public override void Acknowledge() => _answer.TrySetResult(_value!);

    public override void Fail(Exception cause) => _answer.TrySetException(cause);

    public override void GiveUp() => _answer.TrySetCanceled();
}
