using FineTune.Activities;
using FineTune.Workflows;
using Microsoft.Azure.Functions.Worker;

namespace FineTune.Functions.Workflows;

/// <summary>The activities, in the order of a run, under the names that histories know them by.</summary>
public sealed class ActivityFunctions(
    InspectDataset inspectDataset,
    ClaimKey claimKey,
    ApproveSpending approveSpending,
    UploadDataset uploadDataset,
    CheckFile checkFile,
    CreateJob createJob,
    ReadJob readJob,
    CancelSurplusJobs cancelSurplusJobs,
    CollectResult collectResult,
    RecordOutcome recordOutcome,
    SettleSpending settleSpending,
    CleanUp cleanUp,
    Notify notify)
{
    [Function(nameof(InspectDataset))]
    public Task<Inspection> InspectDatasetAsync([ActivityTrigger] InspectInput input, CancellationToken cancellationToken)
        => inspectDataset.RunAsync(input, cancellationToken);

    [Function(nameof(ClaimKey))]
    public Task<Claim> ClaimKeyAsync([ActivityTrigger] ClaimInput input, CancellationToken cancellationToken)
        => claimKey.RunAsync(input, cancellationToken);

    [Function(nameof(ApproveSpending))]
    public Task<SpendingApproval> ApproveSpendingAsync([ActivityTrigger] ApproveInput input, CancellationToken cancellationToken)
        => approveSpending.RunAsync(input, cancellationToken);

    [Function(nameof(UploadDataset))]
    public Task<Upload> UploadDatasetAsync([ActivityTrigger] UploadInput input, CancellationToken cancellationToken)
        => uploadDataset.RunAsync(input, cancellationToken);

    [Function(nameof(CheckFile))]
    public Task<FileCheck> CheckFileAsync([ActivityTrigger] CheckFileInput input, CancellationToken cancellationToken)
        => checkFile.RunAsync(input, cancellationToken);

    [Function(nameof(CreateJob))]
    public Task<JobCreation> CreateJobAsync([ActivityTrigger] CreateJobInput input, CancellationToken cancellationToken)
        => createJob.RunAsync(input, cancellationToken);

    [Function(nameof(ReadJob))]
    public Task<JobLook> ReadJobAsync([ActivityTrigger] ReadJobInput input, CancellationToken cancellationToken)
        => readJob.RunAsync(input, cancellationToken);

    [Function(nameof(CancelSurplusJobs))]
    public Task<Done> CancelSurplusJobsAsync([ActivityTrigger] CancelSurplusInput input, CancellationToken cancellationToken)
        => cancelSurplusJobs.RunAsync(input, cancellationToken);

    [Function(nameof(CollectResult))]
    public Task<FineTuneOutcome> CollectResultAsync([ActivityTrigger] CollectInput input, CancellationToken cancellationToken)
        => collectResult.RunAsync(input, cancellationToken);

    [Function(nameof(RecordOutcome))]
    public Task<Done> RecordOutcomeAsync([ActivityTrigger] RecordInput input, CancellationToken cancellationToken)
        => recordOutcome.RunAsync(input, cancellationToken);

    [Function(nameof(SettleSpending))]
    public Task<Done> SettleSpendingAsync([ActivityTrigger] SettleInput input, CancellationToken cancellationToken)
        => settleSpending.RunAsync(input, cancellationToken);

    [Function(nameof(CleanUp))]
    public Task<Done> CleanUpAsync([ActivityTrigger] CleanUpInput input, CancellationToken cancellationToken)
        => cleanUp.RunAsync(input, cancellationToken);

    [Function(nameof(Notify))]
    public Task<Done> NotifyAsync([ActivityTrigger] NotifyInput input, CancellationToken cancellationToken)
        => notify.RunAsync(input, cancellationToken);
}
