using System.Threading.Channels;
using FineTune.Local.Engine.Journaling;
using FineTune.Local.Engine.Replay;
using FineTune.Ports;

namespace FineTune.Local.Engine;

/// <summary>
/// One instance at work, in strict alternation: what its code asks for is journaled, then begun; what has happened is journaled,
/// then told to the code. Between two events it stays in memory as it is.
/// </summary>
internal sealed partial class WorkflowInstance
{
    private readonly Channel<Signal> _signals = Channel.CreateUnbounded<Signal>(new() { SingleReader = true });
    private readonly EngineParts _parts;
    private readonly LiveInstances _others;
    private readonly ILogger _logger;
    private readonly List<Signal> _batch = [];
    private InstanceRow _row;
    private WorkflowRun _run = null!;

    public WorkflowInstance(InstanceRow row, EngineParts parts, LiveInstances others)
    {
        _row = row;
        _parts = parts;
        _others = others;
        _logger = parts.Loggers.CreateLogger<WorkflowInstance>();
    }

    /// <summary>Ends when the workflow has ended or the engine stops.</summary>
    public Task Ending { get; private set; } = Task.CompletedTask;

    public void Start(IReadOnlyList<StepRow> recorded, Action ended)
    {
        _parts.Idle.Enter();
        Ending = Task.Run(async () =>
        {
            await LiveAsync(recorded);
            ended();
            Stop();
            while (_signals.Reader.TryRead(out _))
            {
                _parts.Idle.Leave();
            }

            _parts.Idle.Leave();
        });
    }

    public void Post(Signal signal)
    {
        _parts.Idle.Enter();
        if (!_signals.Writer.TryWrite(signal))
        {
            _parts.Idle.Leave();
        }
    }

    /// <summary>Takes no more signals.</summary>
    public void Stop() => _signals.Writer.TryComplete();

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
            Log.Broken(_logger, _row.Id, e);
        }
        finally
        {
            SilenceAlarms();
        }
    }

    /// <summary>True when another generation follows.</summary>
    private async Task<bool> LiveGenerationAsync(IReadOnlyList<StepRow> recorded)
    {
        if (_parts.Registry.FindWorkflow(_row.Workflow) is not { } code)
        {
            await ParkAsync(new UnknownCodeException("workflow", _row.Workflow).Message);
            return false;
        }

        int generation = _row.Generation;
        var logger = _parts.Loggers.CreateLogger($"FineTune.Workflows.{_row.Workflow}");
        _run = new WorkflowRun(_row, recorded, code, _parts.Messages, logger, () => Post(new Signal.Strayed(generation)));
        _run.Replay();
        while (!_run.IsOver)
        {
            await BeginFreshStepsAsync();
            if (!await ReadSignalsAsync())
            {
                return false;
            }

            await SettleAsync();
        }

        SilenceAlarms();
        return await CloseAsync();
    }

    private async Task<bool> ReadSignalsAsync()
    {
        _parts.Idle.Leave();
        bool goesOn = await _signals.Reader.WaitToReadAsync();
        _parts.Idle.Enter();
        _batch.Clear();
        while (_signals.Reader.TryRead(out var signal))
        {
            _batch.Add(signal);
            _parts.Idle.Leave();
        }

        return goesOn;
    }

    private async Task BeginFreshStepsAsync()
    {
        var fresh = _run.Steps.TakeFresh();
        var unknown = fresh.Where(step => !step.IsJournaled).ToArray();
        string? progress = TakeProgress();
        if (unknown.Length > 0 || progress is not null || _row.Status == WorkflowStatus.Parked)
        {
            var children = await _parts.Writer.CommitAsync(session => WriteTurn(session, unknown, progress));
            children.ForEach(child => _others.Launch(child, recorded: []));
        }

        foreach (var step in fresh)
        {
            Begin(step);
        }
    }

    /// <summary>Returns the sub-workflows that are new.</summary>
    private List<InstanceRow> WriteTurn(JournalSession session, Step[] steps, string? progress)
    {
        if (_row.Status == WorkflowStatus.Parked)
        {
            _row = _row with { Status = WorkflowStatus.Running, Error = null };
            session.SetStatus(_row);
        }

        WriteProgress(session, progress);
        foreach (var step in steps)
        {
            session.AddStep(_row.Id, step.Row);
        }

        return steps.Where(IsRunnableChild).Select(ToChild).Where(session.TryAddInstance).ToList();
    }

    private bool IsRunnableChild(Step step)
        => step.Row.Kind == StepKind.SubWorkflow && _parts.Registry.FindWorkflow(step.Row.Name) is not null;

    private InstanceRow ToChild(Step step) => new()
    {
        Id = step.Row.ChildId!,
        Workflow = step.Row.Name,
        Input = step.ChildInput!,
        StartedAt = Now,
        ParentId = _row.Id,
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
                SetAlarm(step);
                break;
        }
    }

    private void RunActivity(Step step)
    {
        int generation = _row.Generation;
        int seq = step.Row.Seq;
        _parts.Activities.Enqueue(new ActivityCall(
            _row.Id, step.Row.Name, step.Row.Input!, end => Post(new Signal.ActivityEnded(generation, seq, end))));
    }

    private void SetAlarm(Step step)
    {
        var signal = new Signal.AlarmRang(_row.Generation, step.Row.Seq);
        step.Alarm = _parts.Alarms.Set(step.Row.DueAt!.Value, () => Post(signal));
    }

    private async Task SettleAsync()
    {
        var settlement = new Settlement(_run, _parts.Reader, Now, _logger);
        settlement.Consider(_batch);
        if (settlement.HasChanges)
        {
            await _parts.Writer.CommitAsync(settlement.Write);
        }

        settlement.Due.ForEach(RunActivity);
        settlement.Postponed.ForEach(SetAlarm);
        settlement.Outcomes.ForEach(settled => Deliver(settled.Step, settled.Outcome));
    }

    private void Deliver(Step step, StepOutcome outcome)
    {
        Silence(step);
        if (step.Row.Kind == StepKind.Activity)
        {
            CrashPoint.Reach(step.Row.Name, "journaled");
        }

        _run.Deliver(step.Row.Seq, outcome);
    }

    private async Task<bool> CloseAsync()
    {
        if (_run.Steps.Mismatch is { } reason)
        {
            await ParkAsync(reason);
            return false;
        }

        if (_run.NextInput is { } input)
        {
            await RenewAsync(input);
            return true;
        }

        await FinishAsync();
        return false;
    }

    private async Task ParkAsync(string reason)
    {
        _row = _row with { Status = WorkflowStatus.Parked, Error = reason };
        await _parts.Writer.CommitAsync(session => session.SetStatus(_row));
        Log.Parked(_logger, _row.Id, _row.Workflow, reason);
    }

    private async Task RenewAsync(string input)
    {
        string? progress = TakeProgress();
        _row = _row with { Generation = _row.Generation + 1, Input = input, StartedAt = Now, Status = WorkflowStatus.Running, Error = null };
        await _parts.Writer.CommitAsync(session =>
        {
            session.SetStatus(_row);
            WriteProgress(session, progress);
            session.Renew(_row);
        });
    }

    private async Task FinishAsync()
    {
        string? progress = TakeProgress();
        _row = _run.Failure is { } failure
            ? _row with { Status = WorkflowStatus.Failed, ErrorType = failure.GetType().Name, Error = failure.Message }
            : _row with { Status = WorkflowStatus.Completed, Output = _run.Output, Error = null };
        await _parts.Writer.CommitAsync(session =>
        {
            WriteProgress(session, progress);
            session.Finish(_row);
        });
        Log.Ended(_logger, _row.Id, _row.Workflow, _row.Status, _row.ErrorType, _row.Error);
        if (_row.ParentId is { } parent)
        {
            _others.Post(parent, new Signal.ChildChanged(_row.Id));
        }
    }

    /// <summary>The custom status as JSON, if it is news.</summary>
    private string? TakeProgress()
    {
        string? progress = _run.TakeProgress() is { } news ? ProgressJson.Write(news) : null;
        return progress == _row.Progress ? null : progress;
    }

    private void WriteProgress(JournalSession session, string? progress)
    {
        if (progress is not null)
        {
            _row = _row with { Progress = progress };
            session.SetProgress(_row.Id, progress);
        }
    }

    private void SilenceAlarms()
    {
        foreach (var step in _run?.Steps.Open ?? [])
        {
            Silence(step);
        }
    }

    private void Silence(Step step)
    {
        if (step.Alarm is { } alarm)
        {
            _parts.Alarms.Cancel(alarm);
        }
    }

    private DateTime Now => _parts.Clock.GetUtcNow().UtcDateTime;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{InstanceId} ({Workflow}) ended: {Status} {ErrorType} {Reason}")]
        public static partial void Ended(
            ILogger logger, string instanceId, string workflow, WorkflowStatus status, string? errorType, string? reason);

        [LoggerMessage(2, LogLevel.Error,
            "{InstanceId} ({Workflow}) is parked, nothing is done for it until the program is put right and started again: {Reason}")]
        public static partial void Parked(ILogger logger, string instanceId, string workflow, string reason);

        [LoggerMessage(3, LogLevel.Critical, "The engine lost hold of {InstanceId}; it goes on from the journal at the next start.")]
        public static partial void Broken(ILogger logger, string instanceId, Exception cause);
    }
}
