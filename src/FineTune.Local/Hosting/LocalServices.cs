using FineTune.Activities;
using FineTune.Hosting;
using FineTune.Local.Engine;
using FineTune.Local.Storage;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Local.Hosting;

/// <summary>The product on one machine: a folder, SQLite and the local engine.</summary>
internal static class LocalServices
{
    /// <summary>For commands that look and signal, also while another process does the work.</summary>
    public static IServiceCollection AddLocalStorage(this IServiceCollection services, DataFolder folder)
    {
        FolderDatasetStore store = new(folder.Datasets);
        return services
            .AddFineTuning()
            .AddSingleton(folder)
            .AddSingleton(store)
            .AddSingleton<IDatasetStore>(store)
            .AddSingleton<IRunLedger>(_ => new SqliteRunLedger(folder.Ledger))
            .AddSingleton<FolderWatch>()
            .AddSingleton<IWorkflowClient>(new OfflineWorkflowClient(folder.Engine));
    }

    /// <summary>For the process that does the work. The registry is the local twin of the Functions head's list.</summary>
    public static IServiceCollection AddLocalEngine(this IServiceCollection services, DataFolder folder)
    {
        WorkflowRegistry registry = new WorkflowRegistry()
            .AddWorkflow<FineTuneInput, FineTuneOutcome>(nameof(FineTuneWorkflow), FineTuneWorkflow.RunAsync)
            .AddWorkflow<ApproveInput, SpendingApproval>(nameof(ApprovalWorkflow), ApprovalWorkflow.RunAsync)
            .AddWorkflow<AwaitJobInput, JobCreation>(nameof(CreateJobWorkflow), CreateJobWorkflow.RunAsync)
            .AddWorkflow<FollowJobInput, FollowedJob>(nameof(FollowJobWorkflow), FollowJobWorkflow.RunAsync)
            .AddActivity<InspectDataset, InspectInput, Inspection>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<ClaimKey, ClaimInput, Claim>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<ApproveSpending, ApproveInput, SpendingApproval>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<UploadDataset, UploadInput, Upload>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<CheckFile, CheckFileInput, FileCheck>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<CreateJob, CreateJobInput, JobCreation>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<ReadJob, ReadJobInput, JobLook>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<CancelSurplusJobs, CancelSurplusInput, Done>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<CollectResult, CollectInput, FineTuneOutcome>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<RecordOutcome, RecordInput, Done>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<SettleSpending, SettleInput, Done>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<CleanUp, CleanUpInput, Done>((activity, input, ct) => activity.RunAsync(input, ct))
            .AddActivity<Notify, NotifyInput, Done>((activity, input, ct) => activity.RunAsync(input, ct));
        EngineOptions options = new() { Folder = folder.Engine, Json = FineTuneJson.Default.Options };
        return services.AddWorkflowEngine(options, registry);
    }
}
