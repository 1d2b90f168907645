using System.Globalization;
using System.Text.Json.Nodes;
using FineTune.Emulator.Storage;

namespace FineTune.Emulator.Jobs;

/// <summary>Something that happened to a job. Name and step are unique within it and decide the id.</summary>
internal sealed record JobEvent(string Name, DateTimeOffset At)
{
    public const string Metrics = "metrics";
    public const string Moderation = "moderation_checks";

    /// <summary>Null where the name says it.</summary>
    public string? Message { get; init; }

    public string Type { get; init; } = "message";

    /// <summary>0 for events that are not about a step.</summary>
    public int Step { get; init; }

    public JobFailure? Failure { get; init; }

    public string IdIn(FineTuningJob job) => "ftevent-" + IdSource.Derive($"{job.Id}/{Name}/{Step}", 24);

    public WireEvent Render(FineTuningJob job)
    {
        var metrics = Type == Metrics ? job.Plan.MetricsOf(Step) : null;
        return new WireEvent(
            IdIn(job),
            At.ToUnixTimeSeconds(),
            Failure is null ? "info" : "error",
            metrics is null ? Message ?? Name : Describe(metrics, job.Plan.Steps),
            DataOf(job, metrics),
            Type);
    }

    private static string Describe(StepMetrics metrics, int steps) => metrics.ValidLoss is { } valid
        ? string.Create(
            CultureInfo.InvariantCulture, $"Step {metrics.Step}/{steps}: training loss={metrics.TrainLoss:F2}, validation loss={valid:F2}")
        : string.Create(CultureInfo.InvariantCulture, $"Step {metrics.Step}/{steps}: training loss={metrics.TrainLoss:F2}");

    private JsonObject DataOf(FineTuningJob job, StepMetrics? metrics)
    {
        if (metrics is not null)
        {
            var data = MetricsJson.Of(job, metrics, full: false);
            data["total_steps"] = job.Plan.Steps;
            return data;
        }

        return Failure is not null ? new JsonObject { ["error_code"] = Failure.Code, ["error_param"] = Failure.Param }
            : Type == Moderation ? new JsonObject { ["blocked"] = false, ["results"] = new JsonArray() }
            : Step > 0 ? new JsonObject { ["step"] = Step }
            : [];
    }
}
