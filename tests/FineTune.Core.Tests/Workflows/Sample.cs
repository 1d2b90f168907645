using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Workflows;

/// <summary>What the workflow tests mean unless they say otherwise: a run that goes well.</summary>
internal static class Sample
{
    public static readonly FineTuneSpec Spec = new() { Model = "gpt-4.1-mini-2025-04-14" };

    public static readonly DatasetVersion Dataset = new("support.jsonl", "v1", 500);

    public static readonly DatasetVersion Validation = new("support.validation.jsonl", "v2", 100);

    public static readonly RunLimits Limits = new()
    {
        ApproveAbove = null,
        ApprovalDeadline = TimeSpan.FromDays(7),
        PollEvery = TimeSpan.FromSeconds(10),
        PollAtMost = TimeSpan.FromMinutes(5),
        FileDeadline = TimeSpan.FromHours(1),
        CreateDeadline = TimeSpan.FromDays(2),
        JobDeadline = TimeSpan.FromDays(30),
    };

    public static readonly FineTuneInput Input = new(Dataset, Validation: null, Spec, Limits, FineTuneInput.CurrentForm);

    public static readonly FineTuneOutcome Success = new(RunStatus.Succeeded, "Model ft:m is ready.") { ModelId = "ft:m", JobId = "ftjob-1" };

    public static FineTuneOutcome End(RunStatus status) => new(status, "because");

    public static WorkflowStage GoodStage() => new WorkflowStage()
        .Answer(nameof(InspectDataset), new FineTune.Workflows.Inspection(End: null, "key", "sha", "sha-of-validation", PriceHigh: 3.20m))
        .Answer(nameof(ClaimKey), new Claim(End: null))
        .Answer(nameof(ApproveSpending), new SpendingApproval(End: null))
        .Answer(nameof(UploadDataset), new Upload(End: null, "file-1"), new Upload(End: null, "file-2"))
        .Answer(nameof(CheckFile), new FileCheck(End: null, Ready: true))
        .Answer(nameof(CreateJob), new JobCreation(End: null, "ftjob-1"))
        .AnswerFollower(new FollowedJob(End: null))
        .Answer(nameof(CollectResult), Success)
        .Answer(nameof(RecordOutcome), new Done())
        .Answer(nameof(SettleSpending), new Done())
        .Answer(nameof(CleanUp), new Done());
}
