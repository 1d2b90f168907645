using FineTune.Emulator.State;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>Cancels, pauses and resumes jobs that are in a state for it.</summary>
internal sealed class JobIntervener(EmulatorState state, JobReader reader)
{
    /// <exception cref="ApiException">400 where the job's status does not allow it, 404 where there is no such job.</exception>
    public FineTuningJob Intervene(string id, InterventionKind kind) => state.Exclusively(() =>
    {
        var job = reader.Find(id);
        string status = reader.MomentOf(job).Status;
        if (!IsAllowed(kind, status))
        {
            string verb = kind.ToString().ToLowerInvariant();
            throw ApiException.BadRequest($"Job {id} cannot be {Past(verb)}: its status is {status}.", code: $"invalid_{verb}_request");
        }

        state.Commit(new JobIntervened(id, new Intervention(kind, reader.Now)));
        return reader.Find(id);
    });

    private static bool IsAllowed(InterventionKind kind, string status) => kind switch
    {
        InterventionKind.Resume => status == JobStatus.Paused,
        InterventionKind.Pause => !JobStatus.IsFinal(status) && status != JobStatus.Paused,
        _ => !JobStatus.IsFinal(status),
    };

    private static string Past(string verb) => verb switch
    {
        "cancel" => "cancelled",
        _ => verb + "d",
    };
}
