using FineTune.Emulator.State;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>The provider's two limits on jobs, off unless set.</summary>
internal sealed class JobLimits(EmulatorOptions options, EmulatorState state, JobReader reader)
{
    /// <exception cref="ApiException">429 where one more job would be too many.</exception>
    public void Check(string model, DateTimeOffset now)
    {
        if (options.DailyJobLimit is { } daily && state.Jobs.All().Count(j => IsSameDay(j.CreatedAt, now)) >= daily)
        {
            throw new ApiException(
                429,
                "This fine-tune request has been rate-limited. You have reached the maximum of " +
                $"{daily} fine-tuning requests per day for the model {model}.",
                code: "daily_rate_limit_exceeded");
        }

        if (options.ConcurrentJobLimit is { } most && state.Jobs.All().Count(j => !JobStatus.IsFinal(reader.MomentOf(j).Status)) >= most)
        {
            throw new ApiException(
                429,
                $"You have reached the maximum of {most} active fine-tuning jobs. Please wait for a job to finish or cancel one.",
                code: "concurrent_job_limit_exceeded",
                type: "rate_limit_error");
        }
    }

    private static bool IsSameDay(DateTimeOffset one, DateTimeOffset other) => one.UtcDateTime.Date == other.UtcDateTime.Date;
}
