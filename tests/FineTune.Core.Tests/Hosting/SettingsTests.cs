using FineTune.Activities;
using FineTune.Core.Tests.Fakes;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FineTune.Core.Tests.Hosting;

/// <summary>Settings are judged when the program starts, by name; and what they describe can be put together.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("FineTune:Model", "", "Model")]
    [InlineData("FineTune:MonthBugdet", "50", "There is no setting FineTune:MonthBugdet")]
    [InlineData("FineTune:Provider:Key", "sk-canary", "There is no setting FineTune:Provider:Key")]
    [InlineData("FineTune:Webhooks:Secret", "whsec_x", "There is no setting FineTune:Webhooks:Secret")]
    [InlineData("FineTune:ApproveAbove", "-1", "ApproveAbove")]
    [InlineData("FineTune:ApprovalDeadline", "00:00:00", "ApprovalDeadline")]
    [InlineData("FineTune:ApprovalDeadline", "91.00:00:00", "ApprovalDeadline")]
    [InlineData("FineTune:PollEvery", "00:00:00", "PollEvery")]
    [InlineData("FineTune:PollEvery", "02:00:00", "PollEvery")]
    [InlineData("FineTune:PollAtMost", "07:00:00", "PollAtMost")]
    [InlineData("FineTune:FileDeadline", "2.00:00:00", "FileDeadline")]
    [InlineData("FineTune:CreateDeadline", "31.00:00:00", "CreateDeadline")]
    [InlineData("FineTune:JobDeadline", "-00:00:01", "JobDeadline")]
    [InlineData("FineTune:Provider:ApiKey", " ", "FineTune:Provider:ApiKey is missing")]
    [InlineData("FineTune:Provider:CallTimeout", "00:11:00", "CallTimeout")]
    [InlineData("FineTune:Provider:UploadTimeout", "07:00:00", "UploadTimeout")]
    [InlineData("FineTune:Provider:QuietPeriod", "02:00:00", "QuietPeriod")]
    [InlineData("FineTune:Provider:QuietPeriod", "00:02:00", "FineTune:Provider:QuietPeriod is 00:02:00, but must be longer than CallTimeout (00:02:00)")]
    [InlineData("FineTune:Provider:FilesExpireAfter", "00:30:00", "FineTune:Provider:FilesExpireAfter is 00:30:00, but providers take 01:00:00 to 30.00:00:00")]
    [InlineData("FineTune:Provider:FilesExpireAfter", "31.00:00:00", "FineTune:Provider:FilesExpireAfter is 31.00:00:00")]
    [InlineData("FineTune:Provider:FilesExpireAfter", "9.00:00:00", "a run may need its file for 9.01:00:00")] // 1 hour, 2 days, a week
    [InlineData("FineTune:Provider:Endpoint", "v1/relative", "FineTune:Provider:Endpoint must be an absolute address")]
    [InlineData("FineTune:Provider:Endpoint", "http://api.example.com/v1/", "FineTune:Provider:Endpoint is http://api.example.com")]
    [InlineData("FineTune:Provider:Endpoint", "http://192.168.0.7/v1/", "FineTune:Provider:Endpoint is http://192.168.0.7")]
    [InlineData("FineTune:Provider:Endpoint", "ftp://api.example.com/v1/", "FineTune:Provider:Endpoint is ftp://api.example.com")]
    [InlineData("FineTune:Provider:Endpoint", "file:///etc/passwd", "FineTune:Provider:Endpoint is file://")]
    public void Start_FailsAndNamesTheSetting_WhenItsValueCannotBeMeant(string setting, string value, string named)
    {
        using ServiceProvider services = Build((setting, value));

        var invalid = Assert.ThrowsAny<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(named, invalid.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-canary", invalid.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FineTune:Provider:Endpoint", "http://127.0.0.1:8080/v1/")]
    [InlineData("FineTune:Provider:Endpoint", "http://localhost/v1")]
    [InlineData("FineTune:Provider:Endpoint", "http://[::1]:80/v1/")]
    [InlineData("FineTune:Provider:Endpoint", "https://name.openai.azure.com/openai/v1/")]
    [InlineData("FineTune:Provider:FilesExpireAfter", "0")]
    [InlineData("FineTune:Provider:FilesExpireAfter", "9.01:00:00")]
    [InlineData("FineTune:ApproveAbove", "0")]
    [InlineData("FineTune:ApproveAbove", "12.5")]
    [InlineData("FINETUNE:APPROVEABOVE", "12.5")]
    [InlineData("FineTune:Provider:ExtraJobFields:trainingType", "developer")]
    public void Start_Succeeds_WhenTheValueIsAllowed(string setting, string value)
    {
        using ServiceProvider services = Build((setting, value));

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/", "2.00:00:00", null, 30)]
    [InlineData("https://api.openai.com/v1/", "23.00:00:00", null, 0)] // 30 days might not be enough
    [InlineData("https://api.openai.com/v1/", "2.00:00:00", "0", 0)]
    [InlineData("https://name.openai.azure.com/openai/v1/", "2.00:00:00", null, 0)]
    [InlineData("https://models.example.com/v1/", "2.00:00:00", null, 0)]
    [InlineData("https://models.example.com/v1/", "2.00:00:00", "20.00:00:00", 20)]
    public void Files_Expire_WhereTheProviderIsKnownToSeeToIt_OrTheSettingsSaySo(string endpoint, string createDeadline, string? asked, int days)
    {
        using ServiceProvider services = Build(
            ("FineTune:Provider:Endpoint", endpoint), ("FineTune:CreateDeadline", createDeadline), ("FineTune:Provider:FilesExpireAfter", asked));

        Assert.Equal(TimeSpan.FromDays(days), services.GetRequiredService<IOptions<ProviderOptions>>().Value.FilesExpireAfter);
    }

    [Fact]
    public void Start_NeedsNoKey_WithEntra()
    {
        using ServiceProvider services = Build(("FineTune:Provider:ApiKey", ""), ("FineTune:Provider:Authentication", "Entra"));

        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.NotNull(services.GetRequiredService<IFineTuningApi>());
    }

    [Theory]
    [InlineData(typeof(InspectDataset))]
    [InlineData(typeof(ClaimKey))]
    [InlineData(typeof(UploadDataset))]
    [InlineData(typeof(CheckFile))]
    [InlineData(typeof(CreateJob))]
    [InlineData(typeof(ReadJob))]
    [InlineData(typeof(CollectResult))]
    [InlineData(typeof(RecordOutcome))]
    [InlineData(typeof(CleanUp))]
    [InlineData(typeof(StartRun))]
    [InlineData(typeof(ListRuns))]
    [InlineData(typeof(GetRun))]
    [InlineData(typeof(ListEvents))]
    [InlineData(typeof(ReadReport))]
    [InlineData(typeof(CancelRun))]
    [InlineData(typeof(DecideRun))]
    [InlineData(typeof(ListModels))]
    public void AddFineTuning_CanMakeEveryActivityAndOperation(Type type)
    {
        using ServiceProvider services = Build();

        Assert.NotNull(services.GetRequiredService(type));
    }

    /// <summary>Whoever only looks, or speaks to a run that another process works on, calls no provider.</summary>
    [Theory]
    [InlineData(typeof(ListRuns))]
    [InlineData(typeof(GetRun))]
    [InlineData(typeof(ListEvents))]
    [InlineData(typeof(ReadReport))]
    [InlineData(typeof(CancelRun))]
    [InlineData(typeof(PauseRun))]
    [InlineData(typeof(ResumeRun))]
    [InlineData(typeof(DecideRun))]
    [InlineData(typeof(ReadBudget))]
    [InlineData(typeof(ListModels))]
    [InlineData(typeof(ReadAlias))]
    [InlineData(typeof(PromoteModel))]
    [InlineData(typeof(RollBackAlias))]
    [InlineData(typeof(ReadLineage))]
    public void AddFineTuning_NeedsNoKey_ForWhatCallsNobody(Type operation)
    {
        using ServiceProvider services = Build(("FineTune:Provider:ApiKey", ""));

        Assert.NotNull(services.GetRequiredService(operation));
    }

    [Fact]
    public void AddFineTuning_ReadsExtraJobFields()
    {
        using ServiceProvider services = Build(("FineTune:Provider:ExtraJobFields:trainingType", "globalStandard"));

        Assert.Equal("globalStandard", services.GetRequiredService<IOptions<ProviderOptions>>().Value.ExtraJobFields["trainingType"]);
    }

    private static ServiceProvider Build(params (string Name, string? Value)[] settings)
    {
        Dictionary<string, string?> values = new() { ["FineTune:Provider:ApiKey"] = "sk-canary-123456" };
        foreach (var (name, value) in settings)
        {
            values[name] = value;
        }

        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddLogging()
            .AddFineTuning()
            .AddSingleton<IDatasetStore, InMemoryStore>()
            .AddSingleton<IRunLedger, InMemoryLedger>()
            .AddSingleton<IWorkflowClient, InMemoryWorkflows>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
