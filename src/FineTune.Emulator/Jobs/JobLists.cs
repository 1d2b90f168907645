using FineTune.Emulator.Faults;
using FineTune.Emulator.State;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>The lists of jobs, events and checkpoints, newest first.</summary>
internal sealed class JobLists(EmulatorState state, JobReader reader, JobViews views)
{
    private const int LargestPage = 100;

    public WirePage<WireJob> Jobs(HttpContext context, string? after, int limit)
    {
        var faults = context.Faults();
        var now = reader.Now;
        var filter = faults.HasAny(FaultKind.MetadataFilterIgnored) ? MetadataFilter.None : MetadataFilter.Parse(context.Request.Query);
        var jobs = filter.Select(state).Where(j => !faults.Hides(j.CreatedAt, now));
        var (items, more) = Cursor.Cut(jobs, j => j.Id, after, limit, LargestPage);
        return new WirePage<WireJob>([.. items.Select(j => views.Of(j, faults))], more);
    }

    public WirePage<WireEvent> Events(string id, ActiveFaults faults, string? after, int limit)
    {
        var job = reader.Find(id);
        var time = new ActiveTime(job);
        var events = new JobEvents(job, time, reader.MomentOf(job, time, reader.Now)).All();
        var (items, more) = Cursor.Cut(events.AsEnumerable().Reverse(), e => e.IdIn(job), after, limit, LargestPage);
        var page = items.Select(e => e.Render(job));
        page = faults.HasAny(FaultKind.DuplicateEvents) ? page.SelectMany(e => new[] { e, e }) : page;
        page = faults.HasAny(FaultKind.ReorderEvents) ? page.OrderBy(e => e.Id, StringComparer.Ordinal) : page;
        return new WirePage<WireEvent>([.. page], more);
    }

    public WireIdPage<WireCheckpoint> Checkpoints(string id, string? after, int limit)
    {
        var job = reader.Find(id);
        var time = new ActiveTime(job);
        var moment = reader.MomentOf(job, time, reader.Now);
        var reached = JobCheckpoint.AllOf(job).Reverse().Where(c => TrainingSteps.ActiveTimeOf(job.Plan, c.Step) <= moment.Active);
        var (items, more) = Cursor.Cut(reached, c => c.Id, after, limit, LargestPage);
        var page = items.Select(c => Render(job, time, c)).ToList();
        return new WireIdPage<WireCheckpoint>(page, more, page.FirstOrDefault()?.Id, page.LastOrDefault()?.Id);
    }

    private static WireCheckpoint Render(FineTuningJob job, ActiveTime time, JobCheckpoint checkpoint)
    {
        var metrics = MetricsJson.Of(job, job.Plan.MetricsOf(checkpoint.Step), full: true);
        metrics["type"] = job.Request.Method;
        return new WireCheckpoint(
            checkpoint.Id,
            time.When(TrainingSteps.ActiveTimeOf(job.Plan, checkpoint.Step)).ToUnixTimeSeconds(),
            checkpoint.Model,
            job.Id,
            metrics,
            checkpoint.Step);
    }
}
