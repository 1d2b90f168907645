using FineTune.Local.Engine.Journaling;
using FineTune.Workflows;

namespace FineTune.Local.Engine.Replay;

/// <summary>One thing the running workflow code asked for and may be waiting for.</summary>
internal abstract class Step(StepRow row)
{
    /// <summary>As it is, or is about to be, in the journal.</summary>
    public StepRow Row { get; set; } = row;

    /// <summary>Whether the journal had it before the code asked.</summary>
    public bool IsJournaled { get; init; }

    /// <summary>An activity's.</summary>
    public RetryRule? Retry { get; init; }

    /// <summary>A sub-workflow's, as JSON.</summary>
    public string? ChildInput { get; init; }

    /// <summary>Its outcome is decided; no later one counts.</summary>
    public bool IsSettled { get; set; }

    public Alarm? Alarm { get; set; }

    public abstract void Deliver(StepOutcome outcome, Messages messages);
}

/// <summary>A step with the task that the workflow code awaits.</summary>
internal sealed class Step<T>(StepRow row) : Step(row)
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override void Deliver(StepOutcome outcome, Messages messages)
    {
        if (outcome.Kind == OutcomeKind.Failed)
        {
            _source.SetException(new ActivityFailedException(Row.Name, outcome.ErrorType!, outcome.Payload!));
        }
        else if (outcome.Payload is { } json)
        {
            _source.SetResult(messages.Read<T>(json, $"The result of {Row.Name}"));
        }
        else
        {
            // A timer fired, or no event came in time.
            _source.SetResult(default!);
        }
    }
}
