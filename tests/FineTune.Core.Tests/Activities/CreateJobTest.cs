using FineTune.Activities;
using FineTune.Emulator.Faults;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FineTune.Core.Tests.Activities;

/// <summary>A run that has the money lock and an uploaded file, ready to ask for a job.</summary>
public abstract class CreateJobTest : ActivityTest
{
    private const int MostSteps = 40;

    private protected string File { get; private set; } = "";

    private protected JobLine Line => new(Ledger, Clock, Options.Create(Settings), Options.Create(new FineTuneOptions()));

    private protected SpendingClaim Claim => Ledger.FindClaimAsync(Key, Token).Result!;

    private protected int Posts => Emulator.ReadLedger().JobPosts.GetValueOrDefault(Key);

    private protected int Jobs => Emulator.ReadLedger().Jobs.GetValueOrDefault(Key);

    private protected async Task ReadyAsync(Func<SpendingClaim, SpendingClaim>? change = null)
    {
        await AddRunAsync();
        await HaveTrainingFileAsync();
        SpendingClaim claim = new() { Key = Key, RunId = RunId };
        await Ledger.TryAddClaimAsync(change is null ? claim : change(claim), Token);
    }

    private protected async Task HaveTrainingFileAsync() => File = await HaveFileAsync();

    /// <summary>What a process that died after its intent was written leaves behind.</summary>
    private protected SpendingClaim WithOpenIntent(SpendingClaim claim)
        => claim with { Attempts = 1, FirstIntentAt = Clock.GetUtcNow(), OpenIntentAt = Clock.GetUtcNow() };

    private protected Task<JobCreation> StepAsync(string runId = RunId, FineTuneSpec? spec = null, string? validationFile = null)
    {
        JobSearch search = new(Api, Ledger, Clock, Options.Create(Settings));
        JobOrder order = new(Api, Ledger, Store, Line, Clock, NullLogger<JobOrder>.Instance);
        CreateJob createJob = new(Api, Ledger, search, order, Line, Clock, Options.Create(new FineTuneOptions()), NullLogger<CreateJob>.Instance);
        return createJob.RunAsync(new CreateJobInput(runId, Key, spec ?? Spec, File, validationFile), Token);
    }

    /// <summary>Step after step, waiting as told, as the workflow does.</summary>
    private protected async Task<JobCreation> StepToTheEndAsync()
    {
        for (int step = 0; step < MostSteps; step++)
        {
            JobCreation creation = await StepAsync();
            if (creation.Wait is not { } wait)
            {
                return creation;
            }

            Clock.Advance(wait);
        }

        throw new InvalidOperationException($"No end after {MostSteps} steps.");
    }

    private protected void OnPost(FaultKind kind, Func<Fault, Fault>? more = null) => Script(kind, "POST", "/v1/fine_tuning/jobs", more);

    private protected DateTimeOffset[] PostTimes() =>
        [.. Emulator.ReadLedger().Log.Where(request => request is { Method: "POST", Path: "/v1/fine_tuning/jobs" }).Select(request => request.At)];
}
