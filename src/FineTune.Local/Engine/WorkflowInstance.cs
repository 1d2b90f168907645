using FineTune.Local.Engine.Journaling;
using FineTune.Local.Engine.Replay;

namespace FineTune.Local.Engine;

/// <summary>
/// One instance at work, in strict alternation: what its code asks for is journaled, then begun; what has happened is journaled,
/// then told to the code. Between two events it stays in memory as it is.
/// </summary>
internal sealed partial class WorkflowInstance(InstanceRow row, EngineParts parts, LiveInstances others)
{
    private readonly InstanceRecord _record = new(row, parts.Writer);
    private readonly Mailbox _mailbox = new(parts.Idle);
    private readonly ILogger _logger = parts.Loggers.CreateLogger<WorkflowInstance>();
    private WorkflowRun? _run;

    /// <summary>Ends when the workflow has ended or the engine stops.</summary>
    public Task Ending { get; private set; } = Task.CompletedTask;

    private InstanceRow Row => _record.Row;

    private DateTime Now => parts.Clock.GetUtcNow().UtcDateTime;

    public void Start(IReadOnlyList<StepRow> recorded, Action ended)
    {
        parts.Idle.Enter();
        Ending = Task.Run(async () =>
        {
            await LiveAsync(recorded);
            ended();
            _mailbox.Close();
            _mailbox.TakeAll();
            parts.Idle.Leave();
        });
    }

    public void Post(Signal signal) => _mailbox.Post(signal);

    /// <summary>Lets it deal with what has reached it, and no more.</summary>
    public void Stop() => _mailbox.Close();

    private async Task LiveAsync(IReadOnlyList<StepRow> recorded)
    {
        try
        {
            while (await LiveGenerationAsync(recorded))
            {
                recorded = [];
            }
        }
        catch (OperationCanceledException)
        {
            // The engine stops without having written the last of it: the next start goes on from the journal.
        }
        catch (Exception e)
        {
            Log.Broken(_logger, Row.Id, e);
        }
        finally
        {
            Silence(_run?.Steps.Open ?? []);
        }
    }

    /// <summary>True when another generation follows.</summary>
    private async Task<bool> LiveGenerationAsync(IReadOnlyList<StepRow> recorded)
    {
        if (parts.Registry.FindWorkflow(Row.Workflow) is not { } code)
        {
            await ParkAsync(new UnknownCodeException("workflow", Row.Workflow).Message);
            return false;
        }

        var strayed = new Signal.Strayed(Row.Generation);
        var logger = parts.Loggers.CreateLogger($"FineTune.Workflows.{Row.Workflow}");
        _run = new WorkflowRun(Row, recorded, code, parts.Messages, logger, () => Post(strayed));
        _run.Replay();
        while (!_run.IsOver)
        {
            await BeginFreshStepsAsync(_run);
            var signals = await _mailbox.TakeAllAsync();
            if (signals.Count == 0)
            {
                return false;
            }

            await SettleAsync(_run, signals);
        }

        return await CloseAsync(_run);
    }

    private async Task BeginFreshStepsAsync(WorkflowRun run)
    {
        var fresh = run.Steps.TakeFresh();
        var unwritten = fresh.Where(step => !step.IsJournaled).ToArray();
        var children = unwritten.Where(IsRunnableChild).Select(ToChild).ToArray();
        foreach (var child in await _record.WriteTurnAsync(unwritten, children, run.TakeProgress()))
        {
            others.Launch(child, recorded: []);
        }

        foreach (var step in fresh)
        {
            Begin(step);
        }
    }

    private bool IsRunnableChild(Step step)
        => step.Row.Kind == StepKind.SubWorkflow && parts.Registry.FindWorkflow(step.Row.Name) is not null;

    private InstanceRow ToChild(Step step) => new()
    {
        Id = step.Row.ChildId!,
        Workflow = step.Row.Name,
        Input = step.ChildInput!,
        StartedAt = Now,
        ParentId = Row.Id,
    };

    private void Begin(Step step)
    {
        switch (step.Row.Kind)
        {
            case StepKind.Activity when step.Row.DueAt is null:
                RunActivity(step);
                break;
            case StepKind.SubWorkflow:
                Post(new Signal.ChildChanged(step.Row.ChildId!));
                break;
            case StepKind.Event:
                Post(new Signal.InboxChanged());
                SetAlarm(step);
                break;
            default:
                // A timer, or an activity that waits for its next attempt.
                SetAlarm(step);
                break;
        }
    }

    private void RunActivity(Step step)
    {
        int generation = Row.Generation;
        int seq = step.Row.Seq;
        parts.Activities.Enqueue(new ActivityCall(
            Row.Id, step.Row.Name, step.Row.Input!, end => Post(new Signal.ActivityEnded(generation, seq, end))));
    }

    private void SetAlarm(Step step)
    {
        var signal = new Signal.AlarmRang(Row.Generation, step.Row.Seq);
        step.Alarm = parts.Alarms.Set(step.Row.DueAt!.Value, () => Post(signal));
    }

    private async Task SettleAsync(WorkflowRun run, IReadOnlyList<Signal> signals)
    {
        var settlement = new Settlement(run, parts.Reader, Now, _logger);
        settlement.Consider(signals);
        if (settlement.HasChanges)
        {
            await parts.Writer.CommitAsync(settlement.Write);
        }

        settlement.Due.ForEach(RunActivity);
        settlement.Postponed.ForEach(SetAlarm);
        foreach (var (step, outcome) in settlement.Outcomes)
        {
            Silence([step]);
            CrashPoint.Reach(step.Row.Name, "journaled");
            run.Deliver(step.Row.Seq, outcome);
        }
    }

    private async Task<bool> CloseAsync(WorkflowRun run)
    {
        Silence(run.Steps.Open);
        if (run.Steps.Mismatch is { } reason)
        {
            await ParkAsync(reason);
            return false;
        }

        if (run.NextInput is { } input)
        {
            await _record.RenewAsync(input, Now, run.TakeProgress());
            return true;
        }

        await FinishAsync(run);
        return false;
    }

    private async Task ParkAsync(string reason)
    {
        await _record.ParkAsync(reason);
        Log.Parked(_logger, Row.Id, Row.Workflow, reason);
    }

    private async Task FinishAsync(WorkflowRun run)
    {
        if (run.Failure is { } failure)
        {
            await _record.FailAsync(failure, run.TakeProgress());
            Log.Failed(_logger, Row.Id, Row.Workflow, Row.ErrorType!, Row.Error!);
        }
        else
        {
            await _record.CompleteAsync(run.Output!, run.TakeProgress());
            Log.Completed(_logger, Row.Id, Row.Workflow);
        }

        if (Row.ParentId is { } parent)
        {
            others.Post(parent, new Signal.ChildChanged(Row.Id));
        }
    }

    private void Silence(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            if (step.Alarm is { } alarm)
            {
                parts.Alarms.Cancel(alarm);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{InstanceId} ({Workflow}) is completed.")]
        public static partial void Completed(ILogger logger, string instanceId, string workflow);

        [LoggerMessage(2, LogLevel.Error, "{InstanceId} ({Workflow}) failed: {ErrorType}: {Reason}")]
        public static partial void Failed(ILogger logger, string instanceId, string workflow, string errorType, string reason);

        [LoggerMessage(3, LogLevel.Error,
            "{InstanceId} ({Workflow}) is parked, nothing is done for it until the program is put right and started again: {Reason}")]
        public static partial void Parked(ILogger logger, string instanceId, string workflow, string reason);

        [LoggerMessage(4, LogLevel.Critical, "The engine lost hold of {InstanceId}; it goes on from the journal at the next start.")]
        public static partial void Broken(ILogger logger, string instanceId, Exception cause);
    }
}
