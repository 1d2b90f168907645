namespace FineTune.Emulator.Jobs;

/// <summary>A job at one moment.</summary>
/// <param name="Active">Time not paused so far, stopped at the end.</param>
/// <param name="EndedAt">Null until the job is final.</param>
internal sealed record JobMoment(string Status, TimeSpan Active, DateTimeOffset? EndedAt, JobFailure? Failure)
{
    private static readonly JobFailure TrainingFileDeleted =
        new("deleted_training_file", "The job failed because the training file was deleted", "training_file");

    /// <param name="trainingFileGoneAt">When the training file was or will be gone; a job that has not ended by then fails.</param>
    public static JobMoment Of(FineTuningJob job, ActiveTime time, DateTimeOffset trainingFileGoneAt, DateTimeOffset now)
    {
        var ends = time.When(job.Plan.Ends);
        var cancelled = job.Interventions.FirstOrDefault(i => i.Kind == InterventionKind.Cancel)?.At ?? DateTimeOffset.MaxValue;
        if (cancelled <= now && cancelled < ends && cancelled <= trainingFileGoneAt)
        {
            return new JobMoment(JobStatus.Cancelled, time.At(cancelled), cancelled, Failure: null);
        }

        if (trainingFileGoneAt <= now && trainingFileGoneAt < ends)
        {
            return new JobMoment(JobStatus.Failed, time.At(trainingFileGoneAt), trainingFileGoneAt, TrainingFileDeleted);
        }

        return ends <= now
            ? new JobMoment(job.Plan.Failure is null ? JobStatus.Succeeded : JobStatus.Failed, job.Plan.Ends, ends, job.Plan.Failure)
            : new JobMoment(time.IsPaused ? JobStatus.Paused : Stage(job.Plan, time.At(now)), time.At(now), EndedAt: null, Failure: null);
    }

    private static string Stage(JobPlan plan, TimeSpan active)
        => active < plan.Validating ? JobStatus.ValidatingFiles
            : active < plan.TrainingStarts ? JobStatus.Queued
            : JobStatus.Running;
}
