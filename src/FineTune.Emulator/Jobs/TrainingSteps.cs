namespace FineTune.Emulator.Jobs;

/// <summary>Where a job's steps lie in time, and which of them it reports.</summary>
internal static class TrainingSteps
{
    private const int KeptCheckpoints = 3;

    public static TimeSpan ActiveTimeOf(JobPlan plan, int step) => plan.TrainingStarts + (plan.Training * ((double)step / plan.Steps));

    /// <summary>At most <paramref name="most"/> steps, evenly spread, always with the first and the last.</summary>
    public static IEnumerable<int> Sample(int steps, int most)
    {
        int count = Math.Min(steps, most);
        for (int i = 0; i < count; i++)
        {
            yield return count == 1 ? steps : 1 + (int)((long)i * (steps - 1) / (count - 1));
        }
    }

    /// <summary>The last steps of the last three epochs, oldest first.</summary>
    public static IEnumerable<int> Checkpoints(JobPlan plan)
    {
        for (int epoch = Math.Max(1, plan.Epochs - KeptCheckpoints + 1); epoch <= plan.Epochs; epoch++)
        {
            yield return (int)((long)plan.Steps * epoch / plan.Epochs);
        }
    }
}
