using FineTune.Activities;
using FineTune.Catalogue;
using FineTune.Core.Tests.Fakes;
using FineTune.Datasets;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Core.Tests.Activities;

/// <summary>One reading of the dataset decides whether the run goes on, and leaves a report either way.</summary>
public sealed class InspectDatasetTests
{
    private readonly ManualClock _clock = new();
    private readonly InMemoryLedger _ledger = new();
    private readonly InMemoryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RunRow Row => _ledger.FindRunAsync("run-1", Token).Result!;

    [Fact]
    public async Task RunAsync_FindsKeyHashAndPrice_AndWritesTheReportBeside()
    {
        DatasetVersion dataset = await DropAsync(Datasets.Inspection.GoodLines(12));

        FineTune.Workflows.Inspection inspection = await InspectAsync(dataset);

        Assert.Null(inspection.End);
        Assert.Equal(RunKey.Compute(inspection.Sha256, validationSha256: null, Datasets.Inspection.Spec), inspection.Key);
        Assert.True(inspection.PriceHigh > 0);
        Assert.Equal((inspection.Key, inspection.Sha256, 12L, inspection.PriceHigh), (Row.Key, Row.Sha256, Row.Examples, Row.PriceHigh));
        Assert.Equal("memory:support.run-1.report.json", Row.Report);
        Assert.NotNull(_store.TextBeside("support.jsonl", ".run-1.report.json"));
    }

    [Fact]
    public async Task RunAsync_GivesAnotherKey_WhenThereIsAValidationDataset()
    {
        DatasetVersion dataset = await DropAsync(Datasets.Inspection.GoodLines(12));
        DatasetVersion validation = _store.Drop("support.validation.jsonl", Datasets.Inspection.GoodLines(10));

        FineTune.Workflows.Inspection alone = await InspectAsync(dataset);
        FineTune.Workflows.Inspection both = await InspectAsync(dataset, validation);

        Assert.NotEqual(alone.Key, both.Key);
        Assert.NotNull(both.ValidationSha256);
        Assert.Equal(12, Row.Examples);
    }

    [Fact]
    public async Task RunAsync_EndsAsInvalid_AndSaysWhereToBegin()
    {
        DatasetVersion dataset = await DropAsync(Datasets.Inspection.GoodLines(11) + "{\"messages\": [],}\n");

        FineTune.Workflows.Inspection inspection = await InspectAsync(dataset);

        Assert.Equal(RunStatus.Invalid, inspection.End!.Status);
        Assert.StartsWith("support.jsonl cannot be trained on: ", inspection.End.Detail, StringComparison.Ordinal);
        Assert.Contains("(first in line 12)", inspection.End.Detail, StringComparison.Ordinal);
        Assert.NotNull(_store.TextBeside("support.jsonl", ".run-1.report.json"));
        Assert.Null(Row.Key);
    }

    [Fact]
    public async Task RunAsync_EndsAsInvalid_WhenTheValidationDatasetIs()
    {
        DatasetVersion dataset = await DropAsync(Datasets.Inspection.GoodLines(12));
        DatasetVersion validation = _store.Drop("support.validation.jsonl", "nonsense\n");

        FineTune.Workflows.Inspection inspection = await InspectAsync(dataset, validation);

        Assert.Equal(RunStatus.Invalid, inspection.End!.Status);
        Assert.StartsWith("support.validation.jsonl cannot be trained on: ", inspection.End.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_EndsAsInvalid_WhenTheFileIsEmpty()
    {
        FineTune.Workflows.Inspection inspection = await InspectAsync(await DropAsync(""));

        Assert.Equal(RunStatus.Invalid, inspection.End!.Status);
    }

    [Theory]
    [InlineData(true, RunStatus.Superseded)]
    [InlineData(false, RunStatus.DatasetGone)]
    public async Task RunAsync_Ends_WhenTheVersionCanNoLongerBeRead(bool overwritten, RunStatus status)
    {
        DatasetVersion dataset = await DropAsync(Datasets.Inspection.GoodLines(12));
        if (overwritten)
        {
            _store.Drop(dataset.Name, Datasets.Inspection.GoodLines(13));
        }
        else
        {
            _store.Remove(dataset.Name);
        }

        Assert.Equal(status, (await InspectAsync(dataset)).End!.Status);
    }

    [Fact]
    public async Task RunAsync_IsSuperseded_WhenTheDatasetIsOverwrittenWhileItIsRead()
    {
        DatasetVersion dataset = await DropAsync(Datasets.Inspection.GoodLines(12));
        _store.OverwriteDuringRead = (dataset.Name, Datasets.Inspection.GoodLines(13));

        Assert.Equal(RunStatus.Superseded, (await InspectAsync(dataset)).End!.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("""{"grader":{"type":"python","source":"2"}}""")]
    public async Task RunAsync_TrainsNothing_WhenTheGraderIsNotTheOneTheRunBeganWith(string? beside)
    {
        DatasetVersion dataset = await DropAsync(Datasets.Inspection.GoodLines(12));
        if (beside is not null)
        {
            _store.PutBeside(dataset.Name, ".run-1.grader.json", beside);
        }

        var gone = await Assert.ThrowsAsync<GraderGoneException>(
            () => InspectAsync(dataset, spec: Datasets.Inspection.Spec with { GraderSha256 = Grader.Read("""{"type":"python","source":"1"}""").Sha256 }));

        Assert.Contains("'support.run-1.grader.json', is gone or was changed", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_JudgesByTheGraderKeptBeside()
    {
        Grader grader = Grader.Read("""{"type": "string_check", "input": "{{sample.output_text}}", "reference": "{{item.answer}}", "operation": "eq"}""");
        DatasetVersion dataset = await DropAsync(string.Concat(Enumerable.Range(1, 12).Select(
            i => $$"""{"messages":[{"role":"user","content":"What is {{i}} and {{i}}?"}],"answer":"{{i + i}}"}""" + "\n")));
        FineTuneSpec spec = Datasets.Inspection.Spec with
        {
            Model = "o4-mini",
            Method = TrainingMethod.Reinforcement,
            ValidationDataset = "v.jsonl",
            GraderSha256 = grader.Sha256,
        };
        await _store.KeepGraderAsync(Row, grader, Token);

        FineTune.Workflows.Inspection inspection = await InspectAsync(dataset, spec: spec);

        Assert.Null(inspection.End);
        Assert.Equal(RunKey.Compute(inspection.Sha256, validationSha256: null, spec), inspection.Key);
    }

    private async Task<DatasetVersion> DropAsync(string text)
    {
        DatasetVersion dataset = _store.Drop("support.jsonl", text);
        RunRow row = new() { RunId = "run-1", Dataset = dataset, Spec = Datasets.Inspection.Spec, CreatedAt = _clock.GetUtcNow() };
        await _ledger.TryAddRunAsync(row, Token);
        return dataset;
    }

    private Task<FineTune.Workflows.Inspection> InspectAsync(DatasetVersion dataset, DatasetVersion? validation = null, FineTuneSpec? spec = null)
    {
        DatasetInspector inspector = new(ModelCatalogue.BuiltIn, _clock, provider: "other");
        InspectDataset activity = new(_store, inspector, _ledger, NullLogger<InspectDataset>.Instance);
        return activity.RunAsync(new InspectInput("run-1", dataset, validation, spec ?? Datasets.Inspection.Spec), Token);
    }
}
