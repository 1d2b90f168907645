using FineTune.Emulator.Faults;
using FineTune.Ports;

namespace FineTune.Simulation.Tests.Plans;

/// <summary>All that the provider can be made to do wrong.</summary>
internal static class ProviderFaults
{
    private const string Files = "/v1/files";
    private const string OneFile = "/v1/files/*";
    private const string Content = "/v1/files/*/content";
    private const string Jobs = "/v1/fine_tuning/jobs";
    private const string OneJob = "/v1/fine_tuning/jobs/*";
    private const string Cancel = "/v1/fine_tuning/jobs/*/cancel";
    private const string Events = "/v1/fine_tuning/jobs/*/events";
    private const string Checkpoints = "/v1/fine_tuning/jobs/*/checkpoints";

    public static IReadOnlyList<ProviderFault> All { get; } =
    [
        .. OfUploads(), .. OfFiles(), .. OfRefusedJobs(), .. OfLostJobs(), .. OfDoomedJobs(), .. OfJobLists(), .. OfLooks(),
        new("outage", On(null, null, FaultKind.FailBefore) with { Status = 503, Match = new FaultMatch { Times = 12 } }),
    ];

    private static IEnumerable<ProviderFault> OfUploads()
    {
        yield return new("upload stored, connection dropped", On("POST", Files, FaultKind.CommitThenDrop));
        yield return new("upload stored, half the JSON", On("POST", Files, FaultKind.GarbledBody));
        yield return new("upload stored, no id", On("POST", Files, FaultKind.GarbledBody) with { Body = "{}" });
        yield return new("upload reset in its first bytes", On("POST", Files, FaultKind.ResetMidUpload) with { AfterBytes = 100 });
        yield return new("upload reset after its last byte", On("POST", Files, FaultKind.ResetMidUpload) with { AfterBytes = 1_000_000 });
        yield return new("upload 500", Fails("POST", Files, 500));
        yield return new("upload 429", Fails("POST", Files, 429) with { Code = "rate_limit_exceeded", RetryAfter = "20" });
        yield return new("upload 401", Fails("POST", Files, 401));
        yield return new("upload 413", Fails("POST", Files, 413), RunStatus.NeedsAttention);
    }

    private static IEnumerable<ProviderFault> OfFiles()
    {
        yield return new("file list fails", Fails("GET", Files, 503));
        yield return new("file list is garbled", On("GET", Files, FaultKind.GarbledBody));
        yield return new("new files are listed late", On("GET", Files, FaultKind.ListLag) with { Seconds = 140 });
        yield return new("file of unknown status", On("GET", OneFile, FaultKind.UnknownStatus) with { Seconds = 100, Value = "pondering" });
        yield return new("file is in error", On("GET", OneFile, FaultKind.UnknownStatus) with { Value = "error", Message = "No." }, RunStatus.Failed);
        yield return new("file look fails", Fails("GET", OneFile, 500));
        yield return new("file look 429", Fails("GET", OneFile, 429) with { RetryAfter = "600" });
        yield return new("fresh file is not to be seen", Fails("GET", OneFile, 404));
        yield return new("metrics cannot be read", Fails("GET", Content, 404));
        yield return new("metrics fail once", Fails("GET", Content, 502));
        yield return new("file not deleted at once", Fails("DELETE", OneFile, 503));
        yield return new("file deleted, connection dropped", On("DELETE", OneFile, FaultKind.CommitThenDrop));
    }

    private static IEnumerable<ProviderFault> OfRefusedJobs()
    {
        foreach (string wait in new[] { "3", "1200", "410400", "-5", "soon", "Sat, 21 Nov 2026 09:20:00 GMT" })
        {
            yield return new($"create 429, Retry-After {wait}", Fails("POST", Jobs, 429) with { Code = "rate_limit_exceeded", RetryAfter = wait });
        }

        foreach (string code in new[] { "insufficient_quota", "credit_balance_exhausted", "project_spend_limit_exceeded" })
        {
            yield return new($"create 429 {code}", Fails("POST", Jobs, 429) with { Code = code }, RunStatus.NeedsAttention);
        }

        yield return new("create: file is not ready", Fails("POST", Jobs, 400) with { Message = "File is not ready." });
        yield return new("create 400", Fails("POST", Jobs, 400) with { Code = "model_not_available" }, RunStatus.Failed);
        yield return new("create 401", Fails("POST", Jobs, 401), RunStatus.NeedsAttention);
        yield return new("create 403", Fails("POST", Jobs, 403), RunStatus.ProviderClosed);
    }

    private static IEnumerable<ProviderFault> OfLostJobs()
    {
        yield return new("created, connection dropped", On("POST", Jobs, FaultKind.CommitThenDrop));
        yield return new("created, answer cut", On("POST", Jobs, FaultKind.GarbledBody) with { AfterBytes = 40 });
        yield return new("created, half the JSON", On("POST", Jobs, FaultKind.GarbledBody));
        yield return new("created, empty object", On("POST", Jobs, FaultKind.GarbledBody) with { Body = "{}" });
        yield return new("created, a proxy's page", On("POST", Jobs, FaultKind.GarbledBody) with { Body = "<html>Bad gateway</html>" });
        yield return new("created, 502", On("POST", Jobs, FaultKind.GarbledBody) with { Status = 502 });
        foreach (int status in new[] { 408, 409, 500, 502, 503, 504 })
        {
            yield return new($"not created, {status}", Fails("POST", Jobs, status));
        }
    }

    private static IEnumerable<ProviderFault> OfDoomedJobs()
    {
        yield return new("job fails", On("POST", Jobs, FaultKind.FailJob) with { Code = "invalid_training_file", Match = Every("POST", Jobs) }, RunStatus.Failed);
        yield return new("job fails moderation", On("POST", Jobs, FaultKind.ModerationFailure) with { Match = Every("POST", Jobs) }, RunStatus.Failed);
    }

    private static IEnumerable<ProviderFault> OfJobLists()
    {
        yield return new("new jobs are listed 30 s late", On("GET", Jobs, FaultKind.ListLag) with { Seconds = 30 });
        yield return new("new jobs are listed 140 s late", On("GET", Jobs, FaultKind.ListLag) with { Seconds = 140 });
        yield return new("new jobs are listed 180 s late", On("GET", Jobs, FaultKind.ListLag) with { Seconds = 180 });
        yield return new("new jobs are listed 600 s late", On("GET", Jobs, FaultKind.ListLag) with { Seconds = 600 });
        yield return new("metadata filter is ignored", On("GET", Jobs, FaultKind.MetadataFilterIgnored));
        yield return new("job list fails", Fails("GET", Jobs, 503));
        yield return new("job list 503, Retry-After 90", Fails("GET", Jobs, 503) with { RetryAfter = "90" });
        yield return new("job list is garbled", On("GET", Jobs, FaultKind.GarbledBody));
    }

    private static IEnumerable<ProviderFault> OfLooks()
    {
        yield return new("job of unknown status", On("GET", OneJob, FaultKind.UnknownStatus) with { Seconds = 100 });
        yield return new("model is named late", On("GET", OneJob, FaultKind.ModelNullAfterSuccess) with { Seconds = 200 });
        yield return new("model is never named", On("GET", OneJob, FaultKind.ModelNullAfterSuccess), RunStatus.NeedsAttention);
        yield return new("every event twice", On("GET", Events, FaultKind.DuplicateEvents));
        yield return new("events in another order", On("GET", Events, FaultKind.ReorderEvents));
        yield return new("events fail", Fails("GET", Events, 500));
        yield return new("events are garbled", On("GET", Events, FaultKind.GarbledBody));
        yield return new("fresh job is not to be seen", Fails("GET", OneJob, 404));
        yield return new("job look 401", Fails("GET", OneJob, 401));
        yield return new("job look 403", Fails("GET", OneJob, 403));
        yield return new("job look 429", Fails("GET", OneJob, 429) with { RetryAfter = "30" });
        yield return new("job is garbled", On("GET", OneJob, FaultKind.GarbledBody));
        yield return new("cancel is lost", On("POST", Cancel, FaultKind.CommitThenDrop));
        yield return new("cancel 500", Fails("POST", Cancel, 500));
        yield return new("checkpoints fail", Fails("GET", Checkpoints, 500));
    }

    private static Fault On(string? method, string? path, FaultKind kind) => new() { Kind = kind, Match = new FaultMatch { Method = method, Path = path } };

    private static Fault Fails(string method, string path, int status) => On(method, path, FaultKind.FailBefore) with { Status = status };

    private static FaultMatch Every(string method, string path) => new() { Method = method, Path = path, Times = 0 };
}
