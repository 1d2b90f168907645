using FineTune.Emulator.Faults;

namespace FineTune.Emulator.Jobs;

/// <summary>Shows a job as it is now, or as the faults in force make it look.</summary>
internal sealed class JobViews(JobReader reader)
{
    public WireJob Of(FineTuningJob job, ActiveFaults faults)
    {
        var now = reader.Now;
        var time = new ActiveTime(job);
        var moment = reader.MomentOf(job, time, now);
        var estimate = moment.Status == JobStatus.Running ? time.When(job.Plan.Ends) : (DateTimeOffset?)null;
        var shown = WireJob.From(job, moment, estimate);
        if (faults.Find(FaultKind.ModelNullAfterSuccess) is { } late && moment.EndedAt is { } end && late.ShowsOn(end, now))
        {
            shown = shown with { FineTunedModel = null };
        }

        return faults.StatusInstead(job.CreatedAt, now) is { } status ? shown with { Status = status } : shown;
    }
}
