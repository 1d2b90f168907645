namespace FineTune.Emulator.Jobs;

/// <summary>The events of a job up to a moment, oldest first. Never more than <see cref="MostMetrics"/> of them are metrics.</summary>
internal sealed class JobEvents(FineTuningJob job, ActiveTime time, JobMoment moment)
{
    private const int MostMetrics = 100;
    private const string Label = "Simulated training: the emulator trains no model; its curve is derived from the dataset.";

    public List<JobEvent> All()
    {
        var planned = Planned().TakeWhile(e => e.Active <= moment.Active).Select(e => e.Event with { At = time.When(e.Active) });
        var all = job.Interventions.Count == 0 ? planned : planned.Concat(Interventions()).OrderBy(e => e.At);
        return [.. all, .. Closing()];
    }

    private IEnumerable<(TimeSpan Active, JobEvent Event)> Planned()
    {
        var plan = job.Plan;
        foreach (string message in new[] { Label, $"Created fine-tuning job: {job.Id}", Validating() })
        {
            yield return (TimeSpan.Zero, Event(message));
        }

        if (plan.Failure is { AfterTraining: false })
        {
            yield break;
        }

        yield return (plan.Validating, Event("Files validated, moving job to queued state"));
        yield return (plan.TrainingStarts, Event("Fine-tuning job started"));
        foreach (var step in Steps())
        {
            yield return (TrainingSteps.ActiveTimeOf(plan, step.Step), step);
        }
    }

    private IEnumerable<JobEvent> Steps()
    {
        var checkpoints = JobCheckpoint.AllOf(job).ToDictionary(c => c.Step);
        var measured = TrainingSteps.Sample(job.Plan.Steps, MostMetrics).ToHashSet();
        foreach (int step in measured.Union(checkpoints.Keys).Order())
        {
            if (measured.Contains(step))
            {
                yield return Event(JobEvent.Metrics) with { Type = JobEvent.Metrics, Step = step };
            }

            if (checkpoints.TryGetValue(step, out var checkpoint))
            {
                yield return Event($"Checkpoint created at step {step}: {checkpoint.Model}") with { Step = step };
            }
        }
    }

    private IEnumerable<JobEvent> Interventions() => job.Interventions.Select((intervention, index) =>
    {
        string what = intervention.Kind switch
        {
            InterventionKind.Pause => "paused",
            InterventionKind.Resume => "resumed",
            _ => "cancelled",
        };
        return new JobEvent($"{what} {index}", intervention.At) { Message = $"Fine-tuning job {what}" };
    });

    private IEnumerable<JobEvent> Closing()
    {
        if (moment is not { EndedAt: { } end, Status: JobStatus.Succeeded or JobStatus.Failed })
        {
            yield break;
        }

        if (moment.Failure is { } failure)
        {
            yield return new JobEvent("failed", end) { Message = failure.Message, Failure = failure };
            yield break;
        }

        string model = job.Plan.FineTunedModel;
        yield return Event($"New fine-tuned model created: {model}") with { At = end };
        yield return Event($"Moderation checks for snapshot {model} passed.") with { At = end, Type = JobEvent.Moderation };
        yield return Event("The job has successfully completed") with { At = end };
    }

    private string Validating() => job.Request.ValidationFile is { } validation
        ? $"Validating training file: {job.Request.TrainingFile} and validation file: {validation}"
        : $"Validating training file: {job.Request.TrainingFile}";

    private static JobEvent Event(string message) => new(message, default);
}
