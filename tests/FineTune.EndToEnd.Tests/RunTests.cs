using FineTune.Hosting;
using FineTune.Local.Cli;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>The main job: a dataset goes in, a model id comes out.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task Run_LeavesModelEventsReportAndMetricsBehind_AndNothingAtTheProvider()
    {
        await using Scene scene = await Scene.OpenAsync();
        string file = scene.Write("lamps.jsonl", ChatDataset.On("lamp"));

        RunView run = (await scene.FineTuneAsync("run", file, "--json")).ExitsWith(0).Run;

        await Books.AgreeOnSuccessAsync(scene, run);
        var models = (await scene.FineTuneAsync("models", "--json")).Read(FineTuneJson.Default.ModelViewArray);
        Assert.Equal(
            (run.ModelId, "lamps", true, run.RunId, run.JobId),
            models.Select(model => (model.ModelId, model.Alias, model.IsCurrent, model.RunId, model.JobId)).Single());
        Assert.Contains(run.ModelId, (await scene.FineTuneAsync("models", "--at-provider", "--json")).ExitsWith(0).Read(CliJson.Default.StringArray));
        Assert.True(File.Exists(run.Report), $"There is no report at {run.Report}.");
        Assert.StartsWith("step,", File.ReadAllText(Path.Combine(scene.Datasets, $"lamps.{run.RunId}.metrics.csv")), StringComparison.Ordinal);
        Assert.Equal((12, 1, 1), (run.Examples, scene.Emulator.Requests("POST /v1/files"), scene.Emulator.Requests("POST /v1/fine_tuning/jobs")));
    }

    [Fact]
    public async Task Run_TrainsWithTheGraderBesideTheDataset_OrTheOneNamed()
    {
        await using Scene scene = await Scene.OpenAsync();
        string sample = Repository.Sample("lamp-sums.jsonl");
        string grader = scene.Write("grader.json", """{"type":"text_similarity","input":"{{sample.output_text}}","reference":"{{item.answer}}","evaluation_metric":"bleu"}""");

        RunView beside = (await scene.FineTuneAsync("run", sample, "--json")).ExitsWith(0).Run;
        RunView named = (await scene.FineTuneAsync("run", sample, "--grader", grader, "--json")).ExitsWith(0).Run;
        RunView again = (await scene.FineTuneAsync("run", sample, "--grader", grader, "--json")).ExitsWith(0).Run;

        Assert.Equal((RunStatus.Succeeded, RunStatus.Succeeded, named.RunId), (beside.Status, named.Status, again.RunId));
        Assert.NotEqual(beside.JobId, named.JobId);
        Assert.Equal(2, scene.Emulator.Requests("POST /v1/fine_tuning/jobs"));
    }

    [Fact]
    public async Task Run_GoesByWhatLiesBesideItsFile_AndForgetsWhatDidBefore()
    {
        await using Scene scene = await Scene.OpenAsync();
        string file = scene.Write("lamps.jsonl", ChatDataset.On("lamp"));
        string settings = scene.Write("lamps.finetune.json", """{"epochs":2}""");
        string validation = scene.Write("lamps.validation.jsonl", ChatDataset.On("torch"));
        RunView first = (await scene.FineTuneAsync("run", file, "--json")).ExitsWith(0).Run;

        File.Delete(settings);
        File.Delete(validation);
        ProgramResult again = (await scene.FineTuneAsync("run", file, "--json")).ExitsWith(0);

        Assert.NotEqual(first.Key, again.Run.Key);
        Assert.All(
            ["lamps.finetune.json", "lamps.validation.jsonl"],
            gone => Assert.Contains($"'{Path.Combine(scene.Datasets, gone)}' of an earlier run is deleted", again.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_SuggestsAModelThatAnswers_WhenItIsADuplicate()
    {
        await using Scene scene = await Scene.OpenAsync();
        string content = ChatDataset.On("lamp");
        RunView first = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", content), "--json")).ExitsWith(0).Run;

        ProgramResult duplicate = (await scene.FineTuneAsync("run", scene.Write("copy.jsonl", content))).ExitsWith(0);

        Assert.Contains($"ask {first.ModelId} ", duplicate.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FollowsTheRunThatIsUnderWay_WhenItsOwnWouldBeADuplicate()
    {
        await using Scene scene = await Scene.OpenAsync();
        string file = scene.Write("lamps.jsonl", ChatDataset.On("lamp"));
        await scene.FineTuneAsync(crashAt: "CreateJob:done", ["run", file, "--alias", "first"]);

        ProgramResult second = (await scene.FineTuneAsync("run", file, "--alias", "second", "--json")).ExitsWith(0);

        Assert.Equal((RunStatus.Succeeded, "first"), (second.Run.Status, second.Run.Alias));
        Assert.Equal(1, scene.Emulator.Requests("POST /v1/fine_tuning/jobs"));
    }

    [Fact]
    public async Task Status_TellsEveryEventOnceAndInOrder_WhenAskedForEvents()
    {
        await using Scene scene = await Scene.OpenAsync();
        RunView run = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(0).Run;

        RunEvent[] told = (await scene.FineTuneAsync("status", "--events", "--json")).ExitsWith(0).Read(FineTuneJson.Default.RunEventArray);

        Assert.Equal(await scene.Emulator.EventIdsAsync(run.JobId!), told.Select(one => one.Id));
    }

    [Fact]
    public async Task Run_FindsTheSameRun_WhenTheFileIsGivenAgain()
    {
        await using Scene scene = await Scene.OpenAsync();
        string file = scene.Write("lamps.jsonl", ChatDataset.On("lamp"));
        RunView first = (await scene.FineTuneAsync("run", file, "--json")).ExitsWith(0).Run;
        int requests = scene.Emulator.ReadLedger().Log.Count;

        RunView second = (await scene.FineTuneAsync("run", file, "--json")).ExitsWith(0).Run;

        Assert.Equal((first.RunId, first.ModelId), (second.RunId, second.ModelId));
        Assert.Equal(requests, scene.Emulator.ReadLedger().Log.Count);
    }

    [Fact]
    public async Task Run_IsDuplicateAndDone_WhenAnotherFileHasTheSameBytes()
    {
        await using Scene scene = await Scene.OpenAsync();
        RunView first = (await scene.FineTuneAsync("run", scene.Write("one.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(0).Run;

        RunView second = (await scene.FineTuneAsync("run", scene.Write("two.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(0).Run;

        Assert.Equal((RunStatus.Duplicate, first.ModelId), (second.Status, second.ModelId));
        Assert.Equal((1, 1), (scene.Emulator.Requests("POST /v1/files"), scene.Emulator.Requests("POST /v1/fine_tuning/jobs")));
    }

    [Fact]
    public async Task Run_TellsEveryStepInPlainLines_WhenItsOutputIsPiped()
    {
        await using Scene scene = await Scene.OpenAsync();

        ProgramResult run = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")))).ExitsWith(0);

        Assert.StartsWith("Run ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Succeeded: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("ask it   finetune ask lamps", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Ask_AnswersWithWhatWasTrained_WhenAskedByAlias()
    {
        await using Scene scene = await Scene.OpenAsync();
        await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--alias", "lamp-bot");

        ProgramResult answer = (await scene.FineTuneAsync("ask", "lamp-bot", "How does lamp number 7 work?")).ExitsWith(0);

        Assert.Contains("Turn lamp number 7 to the left and count to 7.", answer.Output, StringComparison.Ordinal);
    }
}
