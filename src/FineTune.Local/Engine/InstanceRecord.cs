using FineTune.Local.Engine.Journaling;
using FineTune.Local.Engine.Replay;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Local.Engine;

/// <summary>The row of one instance, and the transactions that move it on.</summary>
internal sealed class InstanceRecord(InstanceRow row, JournalWriter writer)
{
    public InstanceRow Row { get; private set; } = row;

    /// <summary>Writes what the code has newly asked for; returns the sub-workflows that are new.</summary>
    public async Task<IReadOnlyList<InstanceRow>> WriteTurnAsync(
        IReadOnlyList<Step> steps, IReadOnlyList<InstanceRow> children, FineTuneProgress? progress)
    {
        bool wasParked = Row.Status == WorkflowStatus.Parked;
        string? news = Show(progress);
        if (steps.Count == 0 && news is null && !wasParked)
        {
            return [];
        }

        Row = Row with { Status = WorkflowStatus.Running, Error = null };
        return await writer.CommitAsync(session =>
        {
            if (wasParked)
            {
                session.SetStatus(Row);
            }

            WriteProgress(session, news);
            AddSteps(session, steps);
            return children.Where(session.TryAddInstance).ToArray();
        });
    }

    /// <summary>Starts the next generation.</summary>
    public Task RenewAsync(string input, DateTime now, FineTuneProgress? progress)
    {
        string? news = Show(progress);
        Row = Row with
        {
            Generation = Row.Generation + 1,
            Input = input,
            StartedAt = now,
            Status = WorkflowStatus.Running,
            Error = null,
        };
        return writer.CommitAsync(session =>
        {
            WriteProgress(session, news);
            session.Renew(Row);
        });
    }

    public Task CompleteAsync(string output, FineTuneProgress? progress)
        => FinishAsync(Row with { Status = WorkflowStatus.Completed, Output = output, Error = null }, progress);

    public Task FailAsync(Exception failure, FineTuneProgress? progress) => FinishAsync(
        Row with { Status = WorkflowStatus.Failed, ErrorType = failure.GetType().Name, Error = failure.Message }, progress);

    public Task ParkAsync(string reason)
    {
        Row = Row with { Status = WorkflowStatus.Parked, Error = reason };
        return writer.CommitAsync(session => session.SetStatus(Row));
    }

    private Task FinishAsync(InstanceRow ended, FineTuneProgress? progress)
    {
        string? news = Show(progress);
        Row = ended with { Progress = Row.Progress };
        return writer.CommitAsync(session =>
        {
            WriteProgress(session, news);
            session.Finish(Row);
        });
    }

    /// <summary>Takes over a custom status; null where it is none or no news.</summary>
    private string? Show(FineTuneProgress? progress)
    {
        string? json = progress is null ? null : ProgressJson.Write(progress);
        if (json is null || json == Row.Progress)
        {
            return null;
        }

        Row = Row with { Progress = json };
        return json;
    }

    private void WriteProgress(JournalSession session, string? news)
    {
        if (news is not null)
        {
            session.SetProgress(Row.Id, news);
        }
    }

    private void AddSteps(JournalSession session, IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            session.AddStep(Row.Id, step.Row);
        }
    }
}
