using System.Text.Json;
using FineTune.Activities;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Core.Tests.Operations;

/// <summary>Where a reinforcement run has its grader from, and that it keeps the one it began with.</summary>
public sealed class StartRunGraderTests : OperationTest
{
    private const string Name = "support.jsonl";

    [Fact]
    public async Task OnRequestAsync_KeepsTheGraderBesideTheDataset_AndItsHashInTheSpec()
    {
        Store.Drop(Name, "bytes");
        Store.PutBeside(Name, DatasetNames.SpecSuffix, """{"method":"reinforcement","evalInterval":5,"grader":{"type":"python","source":"1"},"responseFormat":{"type":"text"}}""");

        StartedRun started = await StartAsync(new StartRequest { Dataset = Name });

        FineTuneSpec spec = InputOf(started.Run.RunId).Spec;
        Grader grader = Grader.Read("""{"source":"1","type":"python"}""", """{"type":"text"}""");
        Assert.Equal((grader.Sha256, TrainingMethod.Reinforcement, 5), (spec.GraderSha256, spec.Method, spec.Hyperparameters.EvalInterval));
        Assert.Equal(
            """{"grader":{"type":"python","source":"1"},"response_format":{"type":"text"}}""",
            Store.TextBeside(Name, GraderFile.SuffixFor(started.Run.RunId)));
    }

    [Fact]
    public async Task OnDroppedAsync_LeavesTheGraderOfTheFirstEvent_WhenTheSidecarIsAnotherByThen()
    {
        DatasetVersion dataset = Store.Drop(Name, "bytes");
        Store.PutBeside(Name, DatasetNames.SpecSuffix, """{"method":"reinforcement","grader":{"first":1}}""");
        StartedRun first = await StartRun.OnDroppedAsync(dataset, Token);
        Store.PutBeside(Name, DatasetNames.SpecSuffix, """{"method":"reinforcement","grader":{"second":2}}""");

        await StartRun.OnDroppedAsync(dataset, Token);

        Assert.Equal("""{"grader":{"first":1}}""", Store.TextBeside(Name, GraderFile.SuffixFor(first.Run.RunId)));
    }

    [Theory]
    [InlineData("""{"grader":{"a":1,"a":2}}""", "The grader cannot be read as JSON")]
    [InlineData("""{"responseFormat":{}}""", "There is a response format, but no grader")]
    public async Task OnRequestAsync_SaysWhatToChange_WhenTheGraderCannotBeUsed(string sidecar, string message)
    {
        Store.Drop(Name, "bytes");
        Store.PutBeside(Name, DatasetNames.SpecSuffix, sidecar);

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync(new StartRequest { Dataset = Name }));

        Assert.StartsWith(message, invalid.Message, StringComparison.Ordinal);
        Assert.Empty(Workflows.Started);
    }

    [Fact]
    public async Task OnDroppedAsync_SaysWhereAGraderBelongs_WhenItIsInTheMetadata()
    {
        DatasetVersion dataset = Store.Drop(Name, "bytes");
        Store.Metadata["finetune_grader"] = "{}";

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(() => StartRun.OnDroppedAsync(dataset, Token));

        Assert.Equal("The metadata of 'support.jsonl' cannot hold a grader. Put it into support.finetune.json, beside the dataset.", invalid.Message);
    }

    [Fact]
    public void Over_TakesEveryMemberOfTheWeaker_WhereItSaysNothing()
    {
        StartRequest full = JsonSerializer.Deserialize(
            """
            {"dataset":"d","runId":"r","model":"m","method":"dpo","epochs":1,"batchSize":2,"learningRateMultiplier":3,"beta":1,"reasoningEffort":"low",
             "computeMultiplier":2,"evalInterval":3,"evalSamples":4,"grader":{},"responseFormat":{},"suffix":"s","seed":5,"validationDataset":"v",
             "alias":"a","generation":"g","priority":6}
            """,
            FineTuneJson.Default.StartRequest)!;

        Assert.All(typeof(StartRequest).GetProperties(), member => Assert.NotNull(member.GetValue(full)));
        Assert.Equal(full, new StartRequest().Over(full));
    }
}
