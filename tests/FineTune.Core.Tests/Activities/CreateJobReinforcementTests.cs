using System.Text.Json;
using FineTune.Activities;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>A reinforcement job goes out with the grader the run began with, or not at all.</summary>
public sealed class CreateJobReinforcementTests : CreateJobTest
{
    private static readonly Grader Grader = Grader.Read(
        """{"type": "string_check", "input": "{{sample.output_text}}", "reference": "{{item.answer}}", "operation": "eq"}""");

    private static readonly FineTuneSpec Rewarded = Spec with
    {
        Model = "o4-mini-2025-04-16",
        Method = TrainingMethod.Reinforcement,
        Hyperparameters = new Hyperparameters(ReasoningEffort: "low", EvalInterval: 5),
        GraderSha256 = Grader.Sha256,
    };

    [Fact]
    public async Task RunAsync_SendsTheGraderKeptBesideTheDataset()
    {
        await ReadyAsync();
        await Store.KeepGraderAsync(Row, Grader, Token);

        JobCreation created = await StepAsync(spec: Rewarded, validationFile: File);

        JsonElement settings = (await GetAsync($"fine_tuning/jobs/{created.JobId}")).GetProperty("method").GetProperty("reinforcement");
        Assert.True(JsonElement.DeepEquals(Grader.Json, settings.GetProperty("grader")));
        Assert.Equal(
            ("low", 5),
            (settings.GetProperty("hyperparameters").GetProperty("reasoning_effort").GetString(),
                settings.GetProperty("hyperparameters").GetProperty("eval_interval").GetInt32()));
    }

    [Fact]
    public async Task RunAsync_AsksForNothing_WhenTheGraderIsGone()
    {
        await ReadyAsync();

        await Assert.ThrowsAsync<GraderGoneException>(() => StepAsync(spec: Rewarded, validationFile: File));

        Assert.Equal((0, null), (Posts, Claim.OpenIntentAt));
    }
}
