using FineTune.Emulator.State;
using FineTune.Emulator.Time;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>Finds jobs and says where they are at this moment.</summary>
internal sealed class JobReader(EmulatorState state, EmulatedClock clock)
{
    public DateTimeOffset Now => clock.Now;

    /// <exception cref="ApiException">404 where there is no such job.</exception>
    public FineTuningJob Find(string id)
        => state.Jobs.Find(id)
            ?? throw new ApiException(404, $"Could not find fine tune: {id}", "fine_tune_id", "fine_tune_not_found");

    public JobMoment MomentOf(FineTuningJob job) => MomentOf(job, new ActiveTime(job), clock.Now);

    public JobMoment MomentOf(FineTuningJob job, ActiveTime time, DateTimeOffset now)
        => JobMoment.Of(job, time, state.Files.Find(job.Request.TrainingFile)!.GoneAt, now);
}
