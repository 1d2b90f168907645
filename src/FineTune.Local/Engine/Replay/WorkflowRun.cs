using FineTune.Local.Engine.Journaling;
using FineTune.Workflows;

namespace FineTune.Local.Engine.Replay;

/// <summary>
/// One generation of an instance as a real coroutine. It is fed outcomes in the journal's order; whether they are read back or have
/// just happened makes no difference to it. It does nothing by itself: the steps it asks for are for others to carry out.
/// </summary>
internal sealed class WorkflowRun
{
    private readonly WorkflowCode _code;
    private readonly Messages _messages;
    private readonly IReadOnlyList<StepRow> _recorded;
    private readonly TurnScheduler _scheduler;
    private readonly LocalWorkflowContext _context;
    private readonly Action _strayed;
    private readonly int _lastKnownTurn;
    private Task<string>? _ending;

    /// <param name="strayed">Called, from any thread, when the code has left its scheduler.</param>
    public WorkflowRun(
        InstanceRow instance, IReadOnlyList<StepRow> recorded, WorkflowCode code, Messages messages, ILogger logger, Action strayed)
    {
        Instance = instance;
        Now = instance.StartedAt;
        Steps = new StepSequence(recorded);
        _code = code;
        _messages = messages;
        _recorded = recorded;
        _strayed = strayed;
        _scheduler = new TurnScheduler(strayed);
        _context = new LocalWorkflowContext(this, messages, logger);
        _lastKnownTurn = recorded.Count == 0 ? -1 : recorded.Max(row => row.Turn);
    }

    public InstanceRow Instance { get; }

    public StepSequence Steps { get; }

    public DateTime Now { get; private set; }

    /// <summary>How many outcomes were delivered.</summary>
    public int Turn { get; private set; }

    /// <summary>A turn whose wishes are in the journal has surely been run before.</summary>
    public bool IsReplaying => Turn <= _lastKnownTurn;

    /// <summary>Nothing more is to be delivered: the code has ended, or it does not fit the journal.</summary>
    public bool IsOver => Steps.Mismatch is not null || _ending is { IsCompleted: true };

    /// <summary>The input of the next generation, where the code has ended by asking for one.</summary>
    public string? NextInput => _ending is { IsCompletedSuccessfully: true } ? _context.NextInput : null;

    /// <summary>The result as JSON, where the code has ended well.</summary>
    public string? Output => _ending is { IsCompletedSuccessfully: true } ? _ending.Result : null;

    public Exception? Failure => _ending?.Exception?.InnerException;

    /// <summary>Starts the code and brings it to where the journal ends.</summary>
    public void Replay()
    {
        Take(() =>
        {
            _ending = StartCode();
            _ending.ContinueWith(
                _ => NoticeStrayedEnd(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        });
        foreach (var row in _recorded.Where(row => row.Outcome is not null).OrderBy(row => row.Outcome!.Delivery))
        {
            Deliver(row.Seq, row.Outcome!);
        }

        Steps.RequireAllRecognised();
    }

    /// <summary>Lets the code see one outcome and run on until it waits again; without effect once it is over.</summary>
    public void Deliver(int seq, StepOutcome outcome)
    {
        if (!IsOver && Steps.Take(seq) is { } step)
        {
            Turn = outcome.Delivery;
            Now = outcome.At > Now ? outcome.At : Now;
            Take(() => step.Deliver(outcome, _messages));
        }
    }

    public Task<T> Issue<T>(
        StepKind kind, string name, Func<StepRow, StepRow> complete, RetryRule? retry = null, string? childInput = null)
    {
        if (!_scheduler.IsOnTurn)
        {
            _strayed();
            throw new InvalidOperationException(
                $"The workflow {Instance.Workflow} used its context from outside its turn. Await only the context's own tasks.");
        }

        return Steps.Issue<T>(complete(new StepRow(0, kind, name) { Turn = Turn }), retry, childInput);
    }

    /// <summary>The custom status, if it was set since the last time.</summary>
    public FineTuneProgress? TakeProgress()
    {
        var progress = _context.NewProgress;
        _context.NewProgress = null;
        return progress;
    }

    private void Take(Action turn)
    {
        try
        {
            _scheduler.Run(turn);
        }
        catch (UnreadableMessageException e)
        {
            Steps.Mismatch ??= e.Message;
        }
    }

    private void NoticeStrayedEnd()
    {
        if (!_scheduler.IsOnTurn)
        {
            _strayed();
        }
    }

    private Task<string> StartCode()
    {
        try
        {
            return _code(_context, _messages, Instance.Input);
        }
        catch (Exception e) when (e is not UnreadableMessageException)
        {
            // Workflow code that is not async throws instead of returning a failed task.
            return Task.FromException<string>(e);
        }
    }
}
