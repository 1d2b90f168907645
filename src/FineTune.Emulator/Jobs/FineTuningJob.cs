using System.Text.Json;

namespace FineTune.Emulator.Jobs;

/// <summary>
/// What was asked for, what will come of it, and what was done to it since. Everything a job shows is computed from these and
/// the time.
/// </summary>
internal sealed record FineTuningJob(string Id, DateTimeOffset CreatedAt, JobRequest Request, JobPlan Plan)
{
    public IReadOnlyList<Intervention> Interventions { get; init; } = [];
}

/// <summary>A create request once it was found valid, with the model's alias resolved and a seed chosen.</summary>
internal sealed record JobRequest(
    string Model,
    string TrainingFile,
    string? ValidationFile,
    string? Suffix,
    int Seed,
    string Method,
    Hyperparameters Hyperparameters,
    JsonElement? Grader,
    JsonElement? Integrations,
    Dictionary<string, string>? Metadata)
{
    public const string Supervised = "supervised";
    public const string Preference = "dpo";
    public const string Reinforcement = "reinforcement";
}

/// <summary>How the job will go if nobody intervenes. Durations are emulated and count only time that is not paused.</summary>
internal sealed record JobPlan(
    TimeSpan Validating,
    TimeSpan Queued,
    TimeSpan Training,
    Hyperparameters Resolved,
    int Epochs,
    int Steps,
    long TrainedTokens,
    string FineTunedModel,
    string ResultFile,
    LossCurve Curve,
    JobFailure? Failure)
{
    public TimeSpan TrainingStarts => Validating + Queued;

    public TimeSpan TrainingEnds => TrainingStarts + Training;

    public StepMetrics MetricsOf(int step) => Curve.At(step, (double)step / Steps);

    /// <summary>Bad files are found while validating; a model that fails moderation, only once it is trained.</summary>
    public TimeSpan Ends => Failure is { AfterTraining: false } ? Validating : TrainingEnds;
}

/// <summary>Why a job fails.</summary>
internal sealed record JobFailure(string Code, string Message, string? Param, bool AfterTraining = false);

/// <summary>Something a client did to a job.</summary>
internal sealed record Intervention(InterventionKind Kind, DateTimeOffset At);

/// <summary>The three things a client can do to a job.</summary>
internal enum InterventionKind
{
    Pause,
    Resume,
    Cancel,
}
