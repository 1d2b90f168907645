using System.Text.Json;
using System.Text.Json.Serialization;

namespace FineTune.Emulator.Jobs;

/// <summary>A job on the wire, with the fields the recordings have beyond the documented ones.</summary>
internal sealed record WireJob(
    string Id,
    string Model,
    long CreatedAt,
    long? FinishedAt,
    string? FineTunedModel,
    IReadOnlyList<string> ResultFiles,
    string Status,
    string? ValidationFile,
    string TrainingFile,
    Hyperparameters Hyperparameters,
    long? TrainedTokens,
    IReadOnlyDictionary<string, string?> Error,
    string? UserProvidedSuffix,
    int Seed,
    long? EstimatedFinish,
    JsonElement Integrations,
    Dictionary<string, string>? Metadata,
    WireMethod Method)
{
    private static readonly Dictionary<string, string?> NoError = [];
    private static readonly JsonElement NoIntegrations = JsonElement.Parse("[]");

    public string Object { get; } = "fine_tuning.job";

    public string OrganizationId { get; } = "org-emulator";

    public string? UsageMetrics { get; }

    public bool SharedWithOpenai { get; }

    public string? EvalId { get; }

    public static WireJob From(FineTuningJob job, JobMoment moment, DateTimeOffset? estimatedFinish)
    {
        bool succeeded = moment.Status == JobStatus.Succeeded;
        bool resolved = moment.Active >= job.Plan.TrainingStarts;
        var shown = resolved ? job.Plan.Resolved : job.Request.Hyperparameters;
        return new WireJob(
            job.Id,
            job.Request.Model,
            job.CreatedAt.ToUnixTimeSeconds(),
            succeeded ? moment.EndedAt!.Value.ToUnixTimeSeconds() : null, // as recorded: jobs that did not succeed have none
            succeeded ? job.Plan.FineTunedModel : null,
            succeeded ? [job.Plan.ResultFile] : [],
            moment.Status,
            job.Request.ValidationFile,
            job.Request.TrainingFile,
            shown,
            succeeded ? job.Plan.TrainedTokens : null,
            ErrorOf(moment.Failure),
            job.Request.Suffix,
            job.Request.Seed,
            estimatedFinish?.ToUnixTimeSeconds(),
            job.Request.Integrations ?? NoIntegrations,
            job.Request.Metadata,
            WireMethod.From(job.Request, shown));
    }

    /// <summary>As recorded: an empty object, not null, where nothing failed.</summary>
    private static Dictionary<string, string?> ErrorOf(JobFailure? failure) => failure is null
        ? NoError
        : new Dictionary<string, string?> { ["code"] = failure.Code, ["param"] = failure.Param, ["message"] = failure.Message };
}

/// <summary>The method block: the one block its type names.</summary>
internal sealed record WireMethod(string Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireMethodBlock? Supervised { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireMethodBlock? Dpo { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireMethodBlock? Reinforcement { get; init; }

    public static WireMethod From(JobRequest request, Hyperparameters shown)
    {
        var block = new WireMethodBlock(shown) { Grader = request.Grader };
        return request.Method switch
        {
            JobRequest.Preference => new WireMethod(request.Method) { Dpo = block },
            JobRequest.Reinforcement => new WireMethod(request.Method) { Reinforcement = block },
            _ => new WireMethod(request.Method) { Supervised = block },
        };
    }
}

/// <summary>A method's settings.</summary>
internal sealed record WireMethodBlock(Hyperparameters Hyperparameters)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Grader { get; init; }
}
