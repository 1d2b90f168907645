using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Operations;

/// <summary>Whose word counts when a run starts: the request, the file beside the dataset, its metadata, the settings.</summary>
public sealed class StartRunSettingsTests : OperationTest
{
    private const string Name = "support.jsonl";

    [Fact]
    public async Task OnRequestAsync_GivesTheRunTheLimitsOfTheSettings()
    {
        Store.Drop(Name, "bytes");
        (Settings.ApproveAbove, Settings.PollEvery, Settings.JobDeadline) = (2.5m, TimeSpan.FromSeconds(3), TimeSpan.FromDays(4));

        StartedRun started = await StartAsync(new StartRequest { Dataset = Name });

        var expected = new RunLimits
        {
            ApproveAbove = 2.5m,
            ApprovalDeadline = Settings.ApprovalDeadline,
            PollEvery = TimeSpan.FromSeconds(3),
            PollAtMost = Settings.PollAtMost,
            FileDeadline = Settings.FileDeadline,
            CreateDeadline = Settings.CreateDeadline,
            JobDeadline = TimeSpan.FromDays(4),
            StalledAfter = Settings.StalledAfter,
        };
        Assert.Equal(expected, InputOf(started.Run.RunId).Limits);
        Assert.Equal(FineTuneInput.CurrentForm, InputOf(started.Run.RunId).Form);
    }

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData(null, 7, 7)]
    [InlineData(-3, 7, -3)]
    public async Task OnRequestAsync_TakesThePriority_FromTheRequestThenTheSidecar(int? asked, int? beside, int expected)
    {
        Store.Drop(Name, "bytes");
        if (beside is not null)
        {
            Store.PutBeside(Name, DatasetNames.SpecSuffix, $$"""{"priority":{{beside}}}""");
        }

        StartedRun started = await StartAsync(new StartRequest { Dataset = Name, Priority = asked });

        Assert.Equal((expected, expected), (started.Run.Priority, (await Ledger.FindRunAsync(started.Run.RunId, Token))!.Priority));
    }

    [Theory]
    [InlineData(-1001)]
    [InlineData(1001)]
    public async Task OnRequestAsync_RefusesAPriorityThatCannotBeSorted(int priority)
    {
        Store.Drop(Name, "bytes");

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync(new StartRequest { Dataset = Name, Priority = priority }));

        Assert.Equal($"Priority {priority} cannot be used. Give a number from -1000 to 1000; more goes first.", invalid.Message);
    }

    [Fact]
    public async Task OnRequestAsync_TakesTheStrongestWord_RequestThenSidecarThenSettings()
    {
        Store.Drop(Name, "bytes");
        Store.PutBeside(Name, DatasetNames.SpecSuffix, """{"model":"gpt-4.1-2025-04-14","epochs":2,"suffix":"side","method":"dpo","seed":0}""");

        StartedRun started = await StartAsync(new StartRequest { Dataset = Name, Epochs = 9, Alias = "bot" });

        FineTuneSpec spec = InputOf(started.Run.RunId).Spec;
        Assert.Equal(("gpt-4.1-2025-04-14", 9, "side", "bot"), (spec.Model, spec.Hyperparameters.Epochs, spec.Suffix, spec.Alias));
        Assert.Equal((TrainingMethod.Preference, 0), (spec.Method, spec.Seed));
    }

    [Fact]
    public async Task OnRequestAsync_TakesTheMetadata_WhereRequestAndSidecarSayNothing()
    {
        Store.Drop(Name, "bytes");
        Store.PutBeside(Name, DatasetNames.SpecSuffix, """{"suffix":"side"}""");
        foreach ((string name, string value) in new[]
        {
            ("finetune_model", "gpt-4.1-2025-04-14"), ("Finetune_Method", "dpo"), ("finetune_epochs", "3"), ("finetune_batch_size", "8"),
            ("finetune_learning_rate_multiplier", "0.5"), ("finetune_suffix", "meta"), ("owner", "ann"),
        })
        {
            Store.Metadata[name] = value;
        }

        StartedRun started = await StartAsync(new StartRequest { Dataset = Name, Epochs = 9 });

        FineTuneSpec spec = InputOf(started.Run.RunId).Spec;
        Assert.Equal(("gpt-4.1-2025-04-14", TrainingMethod.Preference, "side"), (spec.Model, spec.Method, spec.Suffix));
        Assert.Equal(new Hyperparameters(Epochs: 9, BatchSize: 8, LearningRateMultiplier: 0.5), spec.Hyperparameters);
    }

    [Theory]
    [InlineData("finetune_epochs", "many")]
    [InlineData("finetune_epoch", "3")]
    [InlineData("finetune_", "3")]
    public async Task OnDroppedAsync_SaysWhatToMend_WhenTheMetadataCannotBeRead(string name, string value)
    {
        DatasetVersion dataset = Store.Drop(Name, "bytes");
        Store.Metadata[name] = value;

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(() => StartRun.OnDroppedAsync(dataset, Token));

        Assert.StartsWith("The metadata of 'support.jsonl' (finetune_*) cannot be read: ", invalid.Message, StringComparison.Ordinal);
        Assert.Empty(Workflows.Started);
    }

    [Theory]
    [InlineData("""{"epochs":"many"}""")]
    [InlineData("""{"n_epochs":3}""")]
    [InlineData("[]")]
    public async Task OnRequestAsync_SaysWhatToMend_WhenTheSidecarCannotBeRead(string sidecar)
    {
        Store.Drop(Name, "bytes");
        Store.PutBeside(Name, DatasetNames.SpecSuffix, sidecar);

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync(new StartRequest { Dataset = Name }));

        Assert.Contains("'support.jsonl' (.finetune.json) cannot be read", invalid.Message, StringComparison.Ordinal);
        Assert.Contains("known are model, method, epochs, ", invalid.Message, StringComparison.Ordinal);
        Assert.Empty(Workflows.Started);
    }

    [Theory]
    [InlineData("""{"dataset":"other.jsonl"}""")]
    [InlineData("""{"runId":"mine"}""")]
    public async Task OnRequestAsync_RefusesASidecarThatNamesARunOrADataset(string sidecar)
    {
        Store.Drop(Name, "bytes");
        Store.PutBeside(Name, DatasetNames.SpecSuffix, sidecar);

        await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync(new StartRequest { Dataset = Name }));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two\nlines")]
    [InlineData(null)]
    public async Task OnRequestAsync_RefusesAnAliasNobodyCouldAskFor(string? alias)
    {
        Store.Drop(Name, "bytes");

        await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync(new StartRequest { Dataset = Name, Alias = alias ?? new string('a', 201) }));
    }

    [Fact]
    public async Task OnRequestAsync_RefusesANumberThatNoJsonCanHold_AndKeepsNoRun()
    {
        Store.Drop(Name, "bytes");
        Store.PutBeside(Name, DatasetNames.SpecSuffix, """{"learningRateMultiplier":1e400}""");

        await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync(new StartRequest { Dataset = Name }));

        Assert.Empty(await Ledger.ListRunsAsync(Token).ToArrayAsync(Token));
    }

    [Fact]
    public async Task OnRequestAsync_TakesTheValidationFileBeside_UnlessAnotherIsNamed()
    {
        Store.Drop(Name, "bytes");
        DatasetVersion beside = Store.Drop("support.validation.jsonl", "check");
        DatasetVersion other = Store.Drop("other.jsonl", "check");

        StartedRun byDefault = await StartAsync(new StartRequest { Dataset = Name });
        StartedRun named = await StartAsync(new StartRequest { Dataset = Name, ValidationDataset = "other.jsonl" });

        Assert.Equal((beside, other), (InputOf(byDefault.Run.RunId).Validation, InputOf(named.Run.RunId).Validation));
    }
}
