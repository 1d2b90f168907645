using FineTune.Datasets;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class SpecCheckTests
{
    public static TheoryData<FineTuneSpec, string> Wrong { get; } = new()
    {
        { Inspection.Spec with { Model = "gpt-9" }, "model-unknown" },
        { Inspection.Spec with { Model = "o4-mini" }, "method-not-offered" },
        { Inspection.Spec with { Model = "gpt-4o-mini", Method = TrainingMethod.Preference }, "method-not-offered" },
        { Inspection.Spec with { Hyperparameters = new(Epochs: 0) }, "epochs-out-of-range" },
        { Inspection.Spec with { Hyperparameters = new(Epochs: 51) }, "epochs-out-of-range" },
        { Inspection.Spec with { Hyperparameters = new(BatchSize: 257) }, "batch-size-out-of-range" },
        { Inspection.Spec with { Hyperparameters = new(LearningRateMultiplier: 0) }, "learning-rate-out-of-range" },
        { Inspection.Spec with { Hyperparameters = new(LearningRateMultiplier: double.NaN) }, "learning-rate-out-of-range" },
        { Inspection.Spec with { Hyperparameters = new(Beta: 2.5), Method = TrainingMethod.Preference }, "beta-out-of-range" },
        { Inspection.Spec with { Hyperparameters = new(Beta: 0.5) }, "beta-without-preference" },
        { Inspection.Spec with { Hyperparameters = new(Beta: 0), Method = TrainingMethod.Preference }, "beta-out-of-range" },
        { Inspection.Spec with { Hyperparameters = new(EvalInterval: 5) }, "setting-without-reinforcement" },
        { Inspection.Spec with { Hyperparameters = new(ReasoningEffort: "low"), Method = TrainingMethod.Preference }, "setting-without-reinforcement" },
        { Reinforcement with { ValidationDataset = null }, "reinforcement-without-validation" },
        { Reinforcement, "reinforcement-without-grader" },
        { Reinforcement with { Hyperparameters = new(ReasoningEffort: "extreme") }, "reasoning-effort-wrong" },
        { Reinforcement with { Hyperparameters = new(ComputeMultiplier: 0.00001) }, "compute-multiplier-out-of-range" },
        { Reinforcement with { Hyperparameters = new(ComputeMultiplier: 10.5) }, "compute-multiplier-out-of-range" },
        { Reinforcement with { Hyperparameters = new(EvalInterval: 0) }, "evaluation-out-of-range" },
        { Reinforcement with { Hyperparameters = new(EvalSamples: -1) }, "evaluation-out-of-range" },
        { Inspection.Spec with { Suffix = "" }, "suffix-wrong" },
        { Inspection.Spec with { Suffix = new string('s', 41) }, "suffix-wrong" },
        { Inspection.Spec with { Seed = -1 }, "seed-out-of-range" },
    };

    private static FineTuneSpec Reinforcement
        => new() { Model = "o4-mini", Method = TrainingMethod.Reinforcement, ValidationDataset = "data.validation.jsonl" };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task InspectAsync_NamesTheSetting_WhenItIsWrong(FineTuneSpec spec, string code)
    {
        var report = await Inspection.OfAsync(Inspection.GoodLines(60), spec);

        var problem = Assert.Single(report.Problems, problem => problem.Code == code);
        Assert.NotNull(problem.Field);
        Assert.False(report.IsTrainable);
    }

    [Fact]
    public async Task InspectAsync_AcceptsEverySetting_WhenAtItsBounds()
    {
        var spec = Inspection.Spec with
        {
            Hyperparameters = new(Epochs: 50, BatchSize: 256, LearningRateMultiplier: 0.0001),
            Suffix = new string('s', 40),
            Seed = 0,
        };

        var report = await Inspection.OfAsync(Inspection.GoodLines(60), spec);

        Assert.Empty(report.Problems);
    }

    [Theory]
    [InlineData("2026-06-01", "openai", null)]
    [InlineData("2026-11-21", "openai", "model-closing")]
    [InlineData("2026-11-21", "openai", "model-retiring")]
    [InlineData("2027-01-05", "openai", "model-closing")]
    [InlineData("2027-01-06", "openai", "model-closed")]
    [InlineData("2027-01-06", "azure", "model-closing")]
    [InlineData("2027-04-14", "azure", "model-closed")]
    [InlineData("2030-01-01", "emulator", null)]
    public async Task InspectAsync_TellsTheModelsDates_WhenTheyAreNear(string today, string provider, string? code)
    {
        var clock = new StoppedClock(DateTimeOffset.Parse(today + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        var inspector = new DatasetInspector(FineTune.Catalogue.ModelCatalogue.BuiltIn, clock, limits: null, provider);
        var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Inspection.GoodLines(60)));

        var report = await inspector.InspectAsync("data.jsonl", bytes, Inspection.Spec, TestContext.Current.CancellationToken);

        if (code is null)
        {
            Assert.Empty(report.Problems);
        }
        else
        {
            Assert.Contains(report.Problems, problem => problem.Code == code);
            Assert.Equal(code != SpecRules.ModelClosed.Code, report.IsTrainable);
        }
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
