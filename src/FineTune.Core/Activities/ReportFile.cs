namespace FineTune.Activities;

/// <summary>What a run writes beside its dataset. The run's id is in the names, for one dataset may have several runs.</summary>
public static class ReportFile
{
    public static string SuffixFor(string runId) => $".{runId}.report.json";

    public static string MetricsSuffixFor(string runId) => $".{runId}.metrics.csv";
}
