using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>From the dataset's bytes to the alias, with the provider's word that the files are gone.</summary>
public sealed class LineageTests
{
    [Fact]
    public async Task Lineage_TellsTheWholeStory_OfARunAModelOrAnAlias()
    {
        await using Scene scene = await Scene.OpenAsync();
        RunView run = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(0).Run;

        ProgramResult ofModel = (await scene.FineTuneAsync("lineage", run.ModelId!)).ExitsWith(0);
        ProgramResult ofRun = (await scene.FineTuneAsync("lineage", run.RunId)).ExitsWith(0);

        Assert.Equal(ofRun.Output, ofModel.Output);
        Assert.Equal(ofRun.Output, (await scene.FineTuneAsync("lineage", "lamps")).ExitsWith(0).Output);
        Lineage lineage = ofModel.Read(FineTuneJson.Default.Lineage);
        Assert.Equal(("lamps.jsonl", run.Sha256), (lineage.Dataset.Name, lineage.Dataset.Sha256));
        Assert.Equal((run.RunId, RunStatus.Succeeded, run.Key), (lineage.Run.RunId, lineage.Run.Status, lineage.Run.Key));
        Assert.Equal((run.JobId, run.TrainedTokens), (lineage.Job!.JobId, lineage.Job.TrainedTokens));
        Assert.Equal((run.ModelId, new DateOnly(2027, 1, 14)), (lineage.Model!.ModelId, lineage.Model.ShutdownDate));
        LineageFile file = Assert.Single(lineage.Files);
        Assert.Equal("training", file.Role);
        Assert.NotNull(file.DeletedAt);
        Assert.Contains("\"deleted\":true", file.Answer, StringComparison.Ordinal);
        LineageAlias alias = Assert.Single(lineage.Aliases);
        Assert.Equal(("lamps", $"run {run.RunId}", run.ModelId), (alias.Alias, alias.Change.By, alias.Change.To));
    }

    [Fact]
    public async Task Lineage_SaysSo_WhenThereIsNoSuchThing()
    {
        await using Scene scene = await Scene.OpenAsync();

        Assert.Contains("ft:nothing", (await scene.FineTuneAsync("lineage", "ft:nothing")).ExitsWith(2).Error, StringComparison.Ordinal);
    }
}
