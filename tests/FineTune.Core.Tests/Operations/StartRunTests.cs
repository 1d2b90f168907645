using System.Text.Json;
using FineTune.Activities;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Operations;

/// <summary>Starting a run: what it is asked, whose word counts, and which run a second request finds.</summary>
public sealed class StartRunTests : OperationTest
{
    private const string Name = "support.jsonl";

    [Fact]
    public async Task OnRequestAsync_WritesTheRowAndStartsTheWorkflow()
    {
        DatasetVersion dataset = Store.Drop(Name, "bytes");

        StartedRun started = await StartAsync(new StartRequest { Dataset = Name, Epochs = 3 });

        Assert.True(started.IsNew);
        RunRow row = (await Ledger.FindRunAsync(started.Run.RunId, Token))!;
        Assert.Equal((dataset, RunStatus.Running, Clock.GetUtcNow()), (row.Dataset, row.Status, row.CreatedAt));
        Assert.Equal(nameof(FineTuneWorkflow), Workflows.Started[row.RunId].Workflow);
        Assert.Equal((dataset, null, row.Spec), (InputOf(row.RunId).Dataset, InputOf(row.RunId).Validation, InputOf(row.RunId).Spec));
        Assert.Equal((Settings.Model, 3, 42), (row.Spec.Model, row.Spec.Hyperparameters.Epochs, row.Spec.Seed));
    }

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

    [Theory]
    [InlineData(RunStatus.NeedsAttention, null, true)] // the key was wrong, and is mended
    [InlineData(RunStatus.Rejected, null, true)]
    [InlineData(RunStatus.Cancelled, "ftjob-1", false)]
    [InlineData(RunStatus.Failed, "ftjob-1", false)]
    [InlineData(RunStatus.Invalid, null, false)]
    [InlineData(RunStatus.Succeeded, "ftjob-1", false)]
    public async Task OnRequestAsync_StartsAfresh_OnlyWhenTheRunEndedWithoutAJobForAReasonThatMayBeGone(RunStatus ended, string? job, bool afresh)
    {
        DatasetVersion dataset = Store.Drop(Name, "bytes");
        StartedRun first = await StartAsync(new StartRequest { Dataset = Name });
        await ChangeAsync(first.Run.RunId, row => row with { Status = ended, JobId = job });

        StartedRun again = await StartAsync(new StartRequest { Dataset = Name });
        StartedRun oncemore = await StartAsync(new StartRequest { Dataset = Name });

        Assert.Equal(afresh, again.IsNew);
        Assert.Equal(again.Run.RunId, oncemore.Run.RunId);
        Assert.False((await StartRun.OnDroppedAsync(dataset, Token)).IsNew); // an event that comes again mends nothing
    }

    [Fact]
    public async Task OnDroppedAsync_StartsOneRun_WhenTheNameIsAnnouncedTwice()
    {
        Store.Drop(Name, "bytes");

        StartedRun? first = await StartRun.OnDroppedAsync(Name, Token);
        StartedRun? second = await StartRun.OnDroppedAsync(Name, Token);

        Assert.Equal((true, false), (first!.IsNew, second!.IsNew));
        Assert.Single(Workflows.Started);
    }

    [Theory]
    [InlineData("support.validation.jsonl")]
    [InlineData("support.finetune.json")]
    [InlineData("support.report.json")]
    [InlineData("gone.jsonl")]
    public async Task OnDroppedAsync_StartsNothing_WhenTheNameIsNoDatasetOrGone(string name)
    {
        Store.Drop(Name, "bytes");
        Store.Drop("support.validation.jsonl", "bytes");

        Assert.Null(await StartRun.OnDroppedAsync(name, Token));
        Assert.Empty(Workflows.Started);
    }

    [Fact]
    public async Task OnRequestAsync_FindsTheSameRun_WhenAskedTwice()
    {
        Store.Drop(Name, "bytes");

        StartedRun first = await StartAsync(new StartRequest { Dataset = Name });
        StartedRun second = await StartAsync(new StartRequest { Dataset = Name });

        Assert.Equal((first.Run.RunId, false), (second.Run.RunId, second.IsNew));
        Assert.Single(Workflows.Started);
    }

    [Fact]
    public async Task OnRequestAsync_StartsAnotherRun_WhenTheSpecOrTheBytesAreOthers()
    {
        Store.Drop(Name, "bytes");
        StartedRun first = await StartAsync(new StartRequest { Dataset = Name });

        StartedRun otherSpec = await StartAsync(new StartRequest { Dataset = Name, Epochs = 5 });
        StartedRun otherSpecAgain = await StartAsync(new StartRequest { Dataset = Name, Epochs = 5 });
        Store.Drop(Name, "other bytes");
        StartedRun otherBytes = await StartAsync(new StartRequest { Dataset = Name });

        Assert.Equal(otherSpec.Run.RunId, otherSpecAgain.Run.RunId);
        Assert.Equal(3, new[] { first, otherSpec, otherBytes }.Select(started => started.Run.RunId).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADropAndARequest_ShareTheFirstRunOfAVersion_WhicheverComesFirst(bool dropFirst)
    {
        DatasetVersion dataset = Store.Drop(Name, "bytes");
        StartedRun[] started = dropFirst
            ? [await StartRun.OnDroppedAsync(dataset, Token), await StartAsync(new StartRequest { Dataset = Name })]
            : [await StartAsync(new StartRequest { Dataset = Name }), await StartRun.OnDroppedAsync(dataset, Token)];

        Assert.Equal(RunId.For(dataset), started[0].Run.RunId);
        Assert.Equal(started[0].Run.RunId, started[1].Run.RunId);
        Assert.Equal((true, false), (started[0].IsNew, started[1].IsNew));
    }

    [Fact]
    public async Task OnDroppedAsync_FindsTheRunOfTheFirstEvent_WhateverTheSettingsAreByThen()
    {
        DatasetVersion dataset = Store.Drop(Name, "bytes");
        StartedRun first = await StartRun.OnDroppedAsync(dataset, Token);
        Settings.Model = "gpt-4o-mini-2024-07-18";

        StartedRun second = await StartRun.OnDroppedAsync(dataset, Token);

        Assert.Equal((first.Run.RunId, false), (second.Run.RunId, second.IsNew));
        Assert.Equal("gpt-4.1-mini-2025-04-14", second.Run.BaseModel);
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

    [Fact]
    public async Task OnRequestAsync_SaysWhatToMend_WhenTheSidecarCannotBeRead()
    {
        Store.Drop(Name, "bytes");
        Store.PutBeside(Name, DatasetNames.SpecSuffix, """{"epochs":"many"}""");

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync(new StartRequest { Dataset = Name }));

        Assert.Contains("'support.jsonl' (.finetune.json) cannot be read", invalid.Message, StringComparison.Ordinal);
        Assert.Empty(Workflows.Started);
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

    [Fact]
    public async Task OnRequestAsync_UsesTheCallersOwnId()
    {
        Store.Drop(Name, "bytes");

        StartedRun started = await StartAsync(new StartRequest { Dataset = Name, RunId = "nightly_2026-11-21" });

        Assert.Equal("nightly_2026-11-21", started.Run.RunId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task OnRequestAsync_RefusesAnIdThatNoStoreCouldHold(string id)
    {
        Store.Drop(Name, "bytes");

        await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync(new StartRequest { Dataset = Name, RunId = id }));

        Assert.Empty(Workflows.Started);
    }

    [Theory]
    [InlineData(null, "No dataset was named")]
    [InlineData("nowhere.jsonl", "There is no dataset 'nowhere.jsonl'")]
    [InlineData("support.csv", "'support.csv' starts no run")]
    [InlineData("support.validation.jsonl", "starts no run")]
    public async Task OnRequestAsync_SaysWhatToChange_WhenThereIsNoSuchDataset(string? name, string message)
    {
        Store.Drop("support.validation.jsonl", "check");

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync(new StartRequest { Dataset = name }));

        Assert.Contains(message, invalid.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnRequestAsync_SaysWhatToChange_WhenTheValidationDatasetIsNotThere()
    {
        Store.Drop(Name, "bytes");

        var invalid = await Assert.ThrowsAsync<InvalidRequestException>(
            () => StartAsync(new StartRequest { Dataset = Name, ValidationDataset = "nowhere.jsonl" }));

        Assert.Contains("There is no validation dataset 'nowhere.jsonl'", invalid.Message, StringComparison.Ordinal);
        Assert.Null(await Ledger.FindRunAsync(RunId.For((await Store.FindAsync(Name, Token))!), Token));
    }

    [Fact]
    public async Task OnRequestAsync_StartsTheWorkflow_WhenAnEarlierCallDiedAfterTheRow()
    {
        Store.Drop(Name, "bytes");
        StartedRun first = await StartAsync(new StartRequest { Dataset = Name });
        Workflows.Started.Clear();

        await StartAsync(new StartRequest { Dataset = Name });

        Assert.True(Workflows.Started.ContainsKey(first.Run.RunId));
    }

    [Fact]
    public async Task OnRequestAsync_StartsNothing_WhenTheRunIsOver()
    {
        Store.Drop(Name, "bytes");
        StartedRun first = await StartAsync(new StartRequest { Dataset = Name });
        await ChangeAsync(first.Run.RunId, row => row with { Status = RunStatus.Failed, JobId = "ftjob-1" });
        Workflows.Started.Clear();

        StartedRun again = await StartAsync(new StartRequest { Dataset = Name });

        Assert.Equal(RunStatus.Failed, again.Run.Status);
        Assert.Empty(Workflows.Started);
    }
}
