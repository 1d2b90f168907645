using FineTune.Emulator.Faults;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>The fine-tuning job routes.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder v1)
    {
        var jobs = v1.MapGroup("/fine_tuning/jobs");
        jobs.MapPost("", CreateAsync);
        jobs.MapGet("", (HttpContext context, JobLists lists, string? after, int limit = 20) => lists.Jobs(context, after, limit));
        jobs.MapGet("/{id}", (string id, HttpContext context, JobReader reader, JobViews views)
            => views.Of(reader.Find(id), context.Faults()));
        jobs.MapGet("/{id}/events", (string id, HttpContext context, JobLists lists, string? after, int limit = 20)
            => lists.Events(id, context.Faults(), after, limit));
        jobs.MapGet("/{id}/checkpoints", (string id, JobLists lists, string? after, int limit = 10) => lists.Checkpoints(id, after, limit));
        jobs.MapPost("/{id}/cancel", (string id, HttpContext context, JobIntervener intervener, JobViews views)
            => views.Of(intervener.Intervene(id, InterventionKind.Cancel), context.Faults()));
        jobs.MapPost("/{id}/pause", (string id, HttpContext context, JobIntervener intervener, JobViews views)
            => views.Of(intervener.Intervene(id, InterventionKind.Pause), context.Faults()));
        jobs.MapPost("/{id}/resume", (string id, HttpContext context, JobIntervener intervener, JobViews views)
            => views.Of(intervener.Intervene(id, InterventionKind.Resume), context.Faults()));
    }

    private static async Task<WireJob> CreateAsync(HttpContext context, JobCreator creator, JobViews views)
    {
        var body = await RequestBody.ReadAsync(context);
        return views.Of(creator.Create(body, context.Faults().ScriptedFailure), context.Faults());
    }
}
