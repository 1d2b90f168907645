using FineTune.Activities;
using FineTune.Catalogue;
using FineTune.Datasets;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Provider;
using FineTune.Spending;
using FineTune.Sweeping;
using FineTune.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FineTune.Hosting;

/// <summary>Registers the product. A host adds its <see cref="IDatasetStore"/>, <see cref="IRunLedger"/> and <see cref="IWorkflowClient"/>.</summary>
public static class FineTuningServices
{
    public static IServiceCollection AddFineTuning(this IServiceCollection services)
    {
        services.AddOptions<FineTuneOptions>().BindConfiguration(FineTuneOptions.Section).ValidateOnStart();
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FineTuneOptions>, FineTuneOptionsValidator>();
        services.AddSingleton<IValidateOptions<FineTuneOptions>, KnownSettings>();
        services.AddSingleton<IValidateOptions<ProviderOptions>, ProviderOptionsValidator>();
        services.AddSingleton<IValidateOptions<ProviderOptions>, ProviderOptionsRules>();
        services.AddSingleton<IPostConfigureOptions<ProviderOptions>, FileLifetime>();
        services.AddSingleton<IValidateOptions<ProviderOptions>, FileLifetime>();

        services.AddSingleton<IValidateOptions<FineTuneOptions>, WebhookOptionsRules>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<SeenWebhooks>();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFineTuningApi, OpenAIFineTuningApi>();
        services.TryAddSingleton(ModelCatalogue.BuiltIn);
        services.AddSingleton(provider => new DatasetInspector(
            provider.GetRequiredService<ModelCatalogue>(),
            provider.GetRequiredService<TimeProvider>(),
            provider: ProviderName.Of(provider.GetRequiredService<IOptions<ProviderOptions>>().Value.Endpoint!)));
        return services.AddActivities().AddOperations().AddSweeping();
    }

    private static IServiceCollection AddActivities(this IServiceCollection services) => services
        .AddTransient<InspectDataset>()
        .AddTransient<ClaimKey>()
        .AddTransient<ApproveSpending>()
        .AddTransient<UploadDataset>()
        .AddTransient<CheckFile>()
        .AddTransient<CreateJob>()
        .AddTransient<ReadJob>()
        .AddTransient<CancelSurplusJobs>()
        .AddTransient<CollectResult>()
        .AddTransient<RecordOutcome>()
        .AddTransient<SettleSpending>()
        .AddTransient<CleanUp>()
        .AddTransient<Notify>()
        .AddTransient<MonthBudget>()
        .AddTransient<JobLine>()
        .AddTransient<JobSearch>()
        .AddTransient<JobOrder>()
        .AddTransient<JobAlarms>();

    private static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddTransient<StartRun>()
        .AddTransient<ListRuns>()
        .AddTransient<GetRun>()
        .AddTransient<ListEvents>()
        .AddTransient<ReadReport>()
        .AddTransient<CancelRun>()
        .AddTransient<DecideRun>()
        .AddTransient<PauseRun>()
        .AddTransient<ResumeRun>()
        .AddTransient<ReadBudget>()
        .AddTransient<ListModels>()
        .AddTransient<ReadLineage>()
        .AddTransient<ReceiveWebhook>()
        .AddTransient<ModelShutdown>()
        .AddTransient<ReadAlias>()
        .AddTransient<PromoteModel>()
        .AddTransient<RollBackAlias>();

    private static IServiceCollection AddSweeping(this IServiceCollection services) => services
        .AddTransient<Sweep>()
        .AddTransient<TakeJobCensus>()
        .AddTransient<RecoverJobs>()
        .AddTransient<CloseRun>()
        .AddTransient<WakeParkedRun>()
        .AddTransient<CancelDuplicates>()
        .AddTransient<StartMissedDatasets>()
        .AddTransient<DeleteOrphanFiles>()
        .AddTransient<ForgetOldRuns>()
        .AddTransient<CheckShutdowns>();
}
