using System.Globalization;
using System.Text.Json;
using FineTune.Datasets.Reports;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>What cannot be trained on is said by line, with what to do, and not a byte of it leaves the machine.</summary>
public sealed class InvalidDatasetTests
{
    [Theory]
    [InlineData("01-trailing-comma.jsonl", 1, "json-trailing-comma")]
    [InlineData("02-array.jsonl", 1, "json-array")]
    [InlineData("03-pretty-printed.jsonl", 1, "json-over-many-lines")]
    [InlineData("04-unknown-role.jsonl", 4, "role-unknown")]
    [InlineData("05-no-assistant.jsonl", 5, "assistant-missing")]
    [InlineData("06-too-few.jsonl", null, "examples-too-few")]
    [InlineData("07-prompt-completion.jsonl", 1, "format-wrong")]
    [InlineData("08-duplicate-key.jsonl", 6, "messages-empty")] // of two keys the last one counts
    [InlineData("09-half-emoji.jsonl", 7, "json-lone-surrogate")]
    [InlineData("10-windows-1252.jsonl", 12, "utf8-invalid")]
    [InlineData("11-tool-answer-missing.jsonl", 12, "tool-call-unanswered")]
    [InlineData("12-python-dictionary.jsonl", 1, "json-single-quotes")]
    public async Task Run_NamesTheLineAndTheFix_WhenTheSampleIsBad(string sample, int? line, string code)
    {
        await using Scene scene = await Scene.OpenAsync();

        ProgramResult said = (await scene.FineTuneAsync("run", Repository.Sample("bad", sample))).ExitsWith(3);

        string place = line is null ? $"{sample}: error {code}" : string.Create(CultureInfo.InvariantCulture, $"{sample}:{line}:");
        Assert.Contains(place, said.Output, StringComparison.Ordinal);
        Assert.Contains($"error {code}", said.Output, StringComparison.Ordinal);
        Assert.Contains("Fix: ", said.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was uploaded.", said.Output, StringComparison.Ordinal);
        Assert.Empty(scene.Emulator.ReadLedger().Log);
    }

    [Fact]
    public async Task Report_TellsItAgain_AndDrawsIt_WhenTheRunIsOver()
    {
        await using Scene scene = await Scene.OpenAsync();
        (await scene.FineTuneAsync("run", Repository.Sample("bad", "04-unknown-role.jsonl"))).ExitsWith(3);
        string page = scene.Write("page.html", "");

        ProgramResult said = (await scene.FineTuneAsync("report", "--html", page)).ExitsWith(0);

        Assert.Contains("04-unknown-role.jsonl:4:", said.Output, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NamesBothTheCommaAndTheMissingExamples_WhenTheyComeAsInTheTutorial()
    {
        await using Scene scene = await Scene.OpenAsync();
        string file = scene.Write(
            "tutorial.jsonl",
            $"{ChatDataset.Line("Where is the switch?", "On the back.")},\n{ChatDataset.Line("Which bulb fits?", "Any small one.")}\n");

        RunView run = (await scene.FineTuneAsync("run", file, "--json")).ExitsWith(3).Run;

        Assert.Equal(RunStatus.Invalid, run.Status);
        DatasetReport report = JsonSerializer.Deserialize(File.ReadAllText(run.Report!), ReportJsonContext.Default.DatasetReport)!;
        Assert.Contains(report.Problems, problem => problem is { Code: "json-trailing-comma", Line: 1, Fix.Length: > 0 });
        Assert.Contains(report.Problems, problem => problem is { Code: "examples-too-few", Line: null, Fix.Length: > 0 });
        Assert.Empty(scene.Emulator.ReadLedger().Log);
    }
}
