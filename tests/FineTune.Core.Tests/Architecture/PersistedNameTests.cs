using FineTune.Activities;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Architecture;

/// <summary>
/// These names stand in the histories of runs under way. Renaming one orphans every run that has called it: a running instance would ask
/// for an activity that is gone. Add a name freely; rename or remove one only once no run that knows it can be left.
/// </summary>
public sealed class PersistedNameTests
{
    [Fact]
    public void Workflows_KeepTheirNames() => Assert.Equal(
        ["ApprovalWorkflow", "CreateJobWorkflow", "FineTuneWorkflow", "FollowJobWorkflow"],
        typeof(FineTuneWorkflow).Assembly.GetTypes().Where(IsWorkflow).Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Activities_KeepTheirNames() => Assert.Equal(
        [
            "ApproveSpending", "CancelSurplusJobs", "CheckFile", "ClaimKey", "CleanUp", "CollectResult", "CreateJob", "InspectDataset", "Notify", "ReadJob",
            "RecordOutcome", "SettleSpending", "UploadDataset",
        ],
        typeof(CreateJob).Assembly.GetTypes().Where(IsActivity).Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Signals_KeepTheirName() => Assert.Equal("signal", RunSignal.EventName);

    [Fact]
    public void SubWorkflows_KeepTheirIds() => Assert.Equal(
        ("ft-1-approval", "ft-1-create", "ft-1-job"),
        (ApprovalWorkflow.IdFor("ft-1"), CreateJobWorkflow.IdFor("ft-1"), FollowJobWorkflow.IdFor("ft-1")));

    [Fact]
    public void RowsInLine_KeepTheirNames()
    {
        RunRow run = new()
        {
            RunId = "ft-1",
            Dataset = new DatasetVersion("d.jsonl", "v1", 500),
            Spec = new FineTuneSpec { Model = "m" },
            CreatedAt = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
            Priority = 7,
        };

        Assert.Equal(
            ("line", "gate", "place-ft-1", "wait-0993-0639308592000000000-ft-1"),
            (LineNames.Group, LineNames.Gate, LineNames.PlaceOf("ft-1"), LineNames.TicketOf(run)));
    }

    [Fact]
    public void Files_KeepTheirNames()
    {
        Assert.Equal(("k.jsonl", "k.validation.jsonl"), (UploadName.Training("k"), UploadName.Validation("k")));
        Assert.Equal(
            (".r.report.json", ".r.metrics.csv", ".r.grader.json"),
            (ReportFile.SuffixFor("r"), ReportFile.MetricsSuffixFor("r"), GraderFile.SuffixFor("r")));
    }

    /// <summary>A key that changes makes every dataset look new, and each would be paid for again.</summary>
    [Fact]
    public void Keys_StayWhatTheyAre()
    {
        FineTuneSpec spec = new()
        {
            Model = "gpt-4.1-mini-2025-04-14",
            Hyperparameters = new Hyperparameters(Epochs: 3, LearningRateMultiplier: 0.5),
            Suffix = "bot",
            Generation = "2",
        };

        Assert.Equal("441ead4429fb4b3e4ae61743587a648cfbc9c33baad6c7267ae0d0560bda6329", RunKey.Compute("sha", "validation-sha", spec));
        Assert.Equal(RunKey.Compute("sha", null, spec), RunKey.Compute("sha", null, spec with { Alias = "another", ValidationDataset = "renamed" }));
    }

    [Fact]
    public void KeysOfReinforcement_StayWhatTheyAre_AndHoldGraderAndSettings()
    {
        FineTuneSpec spec = new()
        {
            Model = "o4-mini-2025-04-16",
            Method = TrainingMethod.Reinforcement,
            Hyperparameters = new Hyperparameters(ReasoningEffort: "low", ComputeMultiplier: 1.5, EvalInterval: 5, EvalSamples: 2),
            GraderSha256 = Grader.Read("""{"type": "string_check", "input": "{{sample.output_text}}", "reference": "ä", "operation": "eq"}""").Sha256,
        };
        string key = RunKey.Compute("sha", "validation-sha", spec);

        Assert.Equal("1c914bd71256d572d489a75d5a166085dedbcef936a0ee643fdca7de03737023", key);
        Assert.NotEqual(key, RunKey.Compute("sha", "validation-sha", spec with { GraderSha256 = "another" }));
        Assert.NotEqual(key, RunKey.Compute("sha", "validation-sha", spec with { Hyperparameters = spec.Hyperparameters with { EvalSamples = 3 } }));
    }

    /// <summary>An id that changes starts a second run for a dataset that has one.</summary>
    [Fact]
    public void RunIds_StayWhatTheyAre()
    {
        var dataset = new DatasetVersion("support.jsonl", "v1", 500);

        Assert.Equal("ft-68a5d7679b354cacdb13", RunId.For(dataset));
        Assert.Equal("ft-d07a6c73057a6d109c4b", RunId.For(dataset, new FineTuneSpec { Model = "m" }));
        Assert.Equal(RunId.For(dataset), RunId.For(dataset with { Length = 501 }));
    }

    private static bool IsWorkflow(Type type)
        => type.GetMethod("RunAsync")?.GetParameters() is [{ } context, _] && context.ParameterType == typeof(IWorkflowContext);

    private static bool IsActivity(Type type)
        => type is { Namespace: "FineTune.Activities", IsPublic: true } && type.GetMethod("RunAsync") is { IsStatic: false };
}
