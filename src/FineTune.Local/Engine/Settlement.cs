using FineTune.Local.Engine.Journaling;
using FineTune.Local.Engine.Replay;
using FineTune.Ports;

namespace FineTune.Local.Engine;

/// <summary>Decides what a batch of signals means for the open steps of one instance. Nothing of it holds before it is written.</summary>
internal sealed partial class Settlement(WorkflowRun run, JournalReader journal, DateTime now, ILogger logger)
{
    /// <summary>In the order in which they are to be delivered.</summary>
    public List<(Step Step, StepOutcome Outcome)> Outcomes { get; } = [];

    /// <summary>Activities that failed and have another attempt, later.</summary>
    public List<Step> Postponed { get; } = [];

    /// <summary>Activities whose next attempt is due.</summary>
    public List<Step> Due { get; } = [];

    public bool HasChanges => Outcomes.Count + Postponed.Count > 0;

    public void Consider(IReadOnlyList<Signal> signals)
    {
        // First, so that an event that came in time is not taken for late only because both were looked at together.
        if (signals.Any(signal => signal is Signal.InboxChanged))
        {
            EmptyInbox();
        }

        foreach (var signal in signals)
        {
            Consider(signal);
        }
    }

    public void Write(JournalSession session)
    {
        foreach (var (step, outcome) in Outcomes)
        {
            session.CompleteStep(run.Instance.Id, step.Row.Seq, outcome);
        }

        foreach (var step in Postponed)
        {
            session.PostponeStep(run.Instance.Id, step.Row);
        }
    }

    private void Consider(Signal signal)
    {
        int generation = run.Instance.Generation;
        switch (signal)
        {
            case Signal.ActivityEnded ended when ended.Generation == generation && Find(ended.Seq) is { } step:
                EndAttempt(step, ended.End);
                break;
            case Signal.AlarmRang rang when rang.Generation == generation && Find(rang.Seq) is { } step:
                RingAlarm(step);
                break;
            case Signal.ChildChanged changed:
                LookAtChild(changed.ChildId);
                break;
            case Signal.Strayed strayed when strayed.Generation == generation:
                run.Steps.Mismatch ??= "The workflow awaited something that is not its context's, which no journal can replay. "
                    + "Move it into an activity.";
                break;
            default:
                // Of an earlier generation, or of a step that is settled.
                break;
        }
    }

    private Step? Find(int seq) => run.Steps.Find(seq) is { IsSettled: false } step ? step : null;

    private void EndAttempt(Step step, ActivityEnd end)
    {
        if (end.Failure is not { } failure)
        {
            Settle(step, new StepOutcome(OutcomeKind.Succeeded, end.Result));
            return;
        }

        int attempt = step.Row.FailedAttempts + 1;
        var pause = failure is PermanentFailureException ? null : step.Retry!.DelayAfter(attempt);
        if (pause is { } delay)
        {
            step.Row = step.Row with { FailedAttempts = attempt, DueAt = now + delay };
            Postponed.Add(step);
            Log.AttemptFailed(logger, step.Row.Name, run.Instance.Id, attempt, delay, failure.GetType().Name, failure.Message);
        }
        else
        {
            Settle(step, Failed(failure.GetType().Name, failure.Message));
            Log.ActivityFailed(logger, step.Row.Name, run.Instance.Id, attempt, failure.GetType().Name, failure.Message);
        }
    }

    private void RingAlarm(Step step)
    {
        if (step.Row.Kind == StepKind.Activity)
        {
            Due.Add(step);
        }
        else
        {
            Settle(step, new StepOutcome(step.Row.Kind == StepKind.Event ? OutcomeKind.TimedOut : OutcomeKind.Succeeded));
        }
    }

    private void EmptyInbox()
    {
        var waits = run.Steps.Open.Where(step => step.Row.Kind == StepKind.Event && !step.IsSettled).ToList();
        foreach (var message in waits.Count == 0 ? [] : journal.ReadInbox(run.Instance.Id))
        {
            if (waits.Find(wait => wait.Row.Name.Equals(message.Name, StringComparison.OrdinalIgnoreCase)) is { } wait)
            {
                waits.Remove(wait);
                Settle(wait, new StepOutcome(OutcomeKind.Succeeded, message.Payload) { InboxId = message.Id });
            }
        }
    }

    private void LookAtChild(string childId)
    {
        var waits = run.Steps.Open.Where(step => step.Row.ChildId == childId && !step.IsSettled).ToArray();
        if (waits.Length > 0 && OutcomeOf(childId, waits[0].Row.Name) is { } outcome)
        {
            Array.ForEach(waits, wait => Settle(wait, outcome));
        }
    }

    private StepOutcome? OutcomeOf(string childId, string workflow) => journal.Find(childId) switch
    {
        null => Failed(new UnknownCodeException("workflow", workflow)),
        { } child when child.ParentId != run.Instance.Id => Failed(new InstanceIdTakenException(childId)),
        { Status: WorkflowStatus.Completed } child => new StepOutcome(OutcomeKind.Succeeded, child.Output),
        { Status: WorkflowStatus.Failed } child => Failed(child.ErrorType!, child.Error!),
        _ => null,
    };

    private static StepOutcome Failed(Exception failure) => Failed(failure.GetType().Name, failure.Message);

    private static StepOutcome Failed(string errorType, string words) => new(OutcomeKind.Failed, words, errorType);

    private void Settle(Step step, StepOutcome outcome)
    {
        step.IsSettled = true;
        Outcomes.Add((step, outcome with { Delivery = run.Turn + Outcomes.Count + 1, At = now }));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "{Activity} of {InstanceId} failed at attempt {Attempt}, next one in {Delay}: {ErrorType}: {Reason}")]
        public static partial void AttemptFailed(
            ILogger logger, string activity, string instanceId, int attempt, TimeSpan delay, string errorType, string reason);

        [LoggerMessage(2, LogLevel.Error, "{Activity} of {InstanceId} failed for good at attempt {Attempt}: {ErrorType}: {Reason}")]
        public static partial void ActivityFailed(
            ILogger logger, string activity, string instanceId, int attempt, string errorType, string reason);
    }
}
