using FineTune.Emulator.Storage;

namespace FineTune.Emulator.Jobs;

/// <summary>A model as it is at the end of one of the last three epochs. The last one is the fine-tuned model itself.</summary>
internal sealed record JobCheckpoint(string Id, string Model, int Step)
{
    public static IEnumerable<JobCheckpoint> AllOf(FineTuningJob job)
        => TrainingSteps.Checkpoints(job.Plan).Select(step => new JobCheckpoint(
            "ftckpt_" + IdSource.Derive($"{job.Id}/checkpoint/{step}", 24), ModelName(job, step), step));

    private static string ModelName(FineTuningJob job, int step)
    {
        if (step == job.Plan.Steps)
        {
            return job.Plan.FineTunedModel;
        }

        // As recorded: a checkpoint has an id of its own in the last place, and names its step.
        string stem = job.Plan.FineTunedModel[..(job.Plan.FineTunedModel.LastIndexOf(':') + 1)];
        return $"{stem}{IdSource.Derive($"{job.Id}/model/{step}", 8)}:ckpt-step-{step}";
    }
}
