using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Operations;

/// <summary>Starting a run: what it is asked, and which run a second request finds.</summary>
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
