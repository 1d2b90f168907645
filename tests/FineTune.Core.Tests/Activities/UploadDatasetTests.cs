using System.Security.Cryptography;
using System.Text;
using FineTune.Activities;
using FineTune.Emulator.Faults;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Core.Tests.Activities;

/// <summary>Exactly the inspected bytes at the provider, once, whatever becomes of the answer.</summary>
public sealed class UploadDatasetTests : ActivityTest
{
    private static readonly string Name = UploadName.Training(Key);

    private int StoredFiles => Emulator.ReadLedger().StoredFiles.Count;

    private int Uploads => Emulator.ReadLedger().UploadsByName.GetValueOrDefault(Name);

    [Fact]
    public async Task RunAsync_UploadsTheBytesUnderOurName()
    {
        await AddRunAsync();

        Upload upload = await UploadAsync();

        var stored = Assert.Single(Emulator.ReadLedger().StoredFiles);
        Assert.Equal((upload.FileId, Name, Sha256Of(Chat())), (stored.Id, stored.Filename, stored.Sha256));
        Assert.Equal((upload.FileId, null, true), (Row.TrainingFileId, Row.ValidationFileId, Row.UploadBegun));
        Assert.Equal(0, Requests("GET /v1/files")); // a listing is for second attempts
    }

    [Fact]
    public async Task RunAsync_AsksTheProviderToDeleteTheFileItself_AndWritesDownWhen()
    {
        Settings.FilesExpireAfter = TimeSpan.FromDays(30);
        await AddRunAsync();

        Upload training = await UploadAsync();
        DateTimeOffset first = Clock.GetUtcNow().AddDays(30);
        Assert.Equal(first, Row.FilesExpireAt!.Value, TimeSpan.FromSeconds(1));
        Clock.Advance(TimeSpan.FromMinutes(5));
        await UploadAsync(isValidation: true);

        Assert.Equal(first.AddMinutes(5), Row.FilesExpireAt!.Value, TimeSpan.FromSeconds(1));
        LineageFile file = (await new ReadLineage(Ledger).RunAsync(RunId, Token)).Files[0];
        Assert.Equal((training.FileId, Row.FilesExpireAt, null), (file.FileId, file.ExpiresAt, file.DeletedAt));
        Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null(await Api.FindFileAsync(training.FileId, Token));
    }

    [Fact]
    public async Task RunAsync_AsksForNoExpiry_UnlessTheSettingsSaySo()
    {
        Settings.FilesExpireAfter = TimeSpan.Zero;
        await AddRunAsync();

        await UploadAsync();

        Assert.Null(Row.FilesExpireAt);
    }

    [Fact]
    public async Task RunAsync_RecordsAValidationFileApart()
    {
        await AddRunAsync();

        Upload upload = await UploadAsync(isValidation: true);

        Assert.Equal((null, upload.FileId), (Row.TrainingFileId, Row.ValidationFileId));
    }

    public static TheoryData<string, Fault> LostAnswers => new()
    {
        { "the connection broke", new Fault { Kind = FaultKind.CommitThenDrop } },
        { "half the JSON", new Fault { Kind = FaultKind.GarbledBody } },
        { "a cut body", new Fault { Kind = FaultKind.GarbledBody, AfterBytes = 20 } },
        { "an empty object", new Fault { Kind = FaultKind.GarbledBody, Body = "{}" } },
        { "a list", new Fault { Kind = FaultKind.GarbledBody, Body = "[]" } },
        { "a web page", new Fault { Kind = FaultKind.GarbledBody, Body = "<html>welcome</html>" } },
        { "a gateway's error", new Fault { Kind = FaultKind.GarbledBody, Status = 502, Body = "bad gateway" } },
    };

    [Theory]
    [MemberData(nameof(LostAnswers), DisableDiscoveryEnumeration = true)]
    public async Task RunAsync_FindsTheFileByNameAndBytes_WhenTheAnswerWasLost(string what, Fault fault)
    {
        await AddRunAsync();
        Script(fault.Kind, "POST", "/v1/files", scripted => fault with { Match = scripted.Match });

        Exception lost = await Assert.ThrowsAnyAsync<Exception>(() => UploadAsync());
        Upload upload = await UploadAsync();

        Assert.True(lost is ProviderUnavailableException, $"{what}: {lost}");
        Assert.Equal((1, 1), (Uploads, StoredFiles));
        Assert.Equal(Emulator.ReadLedger().StoredFiles[0].Id, upload.FileId);
        Assert.Equal(upload.FileId, Row.TrainingFileId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    [InlineData(10_000_000)]
    public async Task RunAsync_UploadsAgain_WhenTheConnectionBrokeOnTheWay(long afterBytes)
    {
        await AddRunAsync();
        Script(FaultKind.ResetMidUpload, "POST", "/v1/files", fault => fault with { AfterBytes = afterBytes });

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => UploadAsync());
        await UploadAsync();

        Assert.Equal((1, 1), (Uploads, StoredFiles));
    }

    [Fact]
    public async Task RunAsync_DoesNotTakeAFileOfOtherLengthForOurs()
    {
        await AddRunAsync(row => row with { UploadBegun = true });
        string other = await HaveFileAsync(Name, examples: 13);

        Upload upload = await UploadAsync();

        Assert.NotEqual(other, upload.FileId);
    }

    [Fact]
    public async Task RunAsync_SendsNothing_WhenItCannotSayFirstThatItBegins()
    {
        await AddRunAsync();
        Ledger.BeforeRunWrite = _ => throw new IOException("The disk is full.");

        await Assert.ThrowsAsync<IOException>(() => UploadAsync());

        Assert.Equal(0, Requests("POST /v1/files"));
    }

    [Fact]
    public async Task RunAsync_IsSuperseded_WhenTheDatasetWasOverwritten()
    {
        RunRow run = await AddRunAsync();
        Store.Drop(run.Dataset.Name, Chat(20));

        Upload upload = await UploadAsync(run.Dataset);

        Assert.Equal(RunStatus.Superseded, upload.End!.Status);
        Assert.Equal(0, Requests("POST /v1/files"));
    }

    [Fact]
    public async Task RunAsync_EndsAsGone_WhenTheDatasetWasDeleted()
    {
        RunRow run = await AddRunAsync();
        Store.Remove(run.Dataset.Name);

        Upload upload = await UploadAsync(run.Dataset);

        Assert.Equal(RunStatus.DatasetGone, upload.End!.Status);
        Assert.Equal(0, Requests("POST /v1/files"));
    }

    [Fact]
    public async Task RunAsync_IsSupersededAndLeavesNothing_WhenTheDatasetIsOverwrittenWhileItIsSent()
    {
        RunRow run = await AddRunAsync();
        Store.OverwriteDuringRead = (run.Dataset.Name, Chat(20));

        Upload upload = await UploadAsync(run.Dataset);

        Assert.Equal(RunStatus.Superseded, upload.End!.Status);
        Assert.Equal(0, StoredFiles);
    }

    [Fact]
    public async Task RunAsync_IsSupersededAndDeletesTheUpload_WhenTheBytesAreNotTheInspectedOnes()
    {
        RunRow run = await AddRunAsync();
        Store.Corrupt(run.Dataset, Chat(topic: "pears"));

        Upload upload = await UploadAsync(run.Dataset);

        Assert.Equal(RunStatus.Superseded, upload.End!.Status);
        Assert.Equal((1, 0), (Uploads, StoredFiles));
    }

    [Fact]
    public async Task RunAsync_SendsNothing_WhenCancelled()
    {
        await AddRunAsync(row => row with { CancelRequested = true });

        Upload upload = await UploadAsync();

        Assert.Equal(RunStatus.Cancelled, upload.End!.Status);
        Assert.Equal(0, Requests("POST /v1/files"));
    }

    [Fact]
    public async Task RunAsync_SendsNothing_WhenTheRunHasEnded()
    {
        await AddRunAsync(row => row with { Status = RunStatus.Failed });

        Upload upload = await UploadAsync();

        Assert.Equal(RunStatus.Failed, upload.End!.Status);
        Assert.Equal(0, Requests("POST /v1/files"));
    }

    /// <summary>Then there may be a file that no row knows, and whoever cleans up has to look.</summary>
    [Fact]
    public async Task RunAsync_SaysThatItIsRepeated_WhenTwoExecutionsBeginAtOnce()
    {
        await AddRunAsync();
        bool hasBegun = false;
        Ledger.BeforeRunWrite = row =>
        {
            if (row.UploadBegun && !hasBegun)
            {
                hasBegun = true;
                Ledger.ChangeRunAsync(RunId, other => other with { UploadBegun = true }, Token).GetAwaiter().GetResult();
            }
        };

        await UploadAsync();

        Assert.True(Row.UploadRepeated);
    }

    [Fact]
    public async Task RunAsync_TakesTheFirstFileRecorded_WhenTwoExecutionsUploadAtOnce()
    {
        await AddRunAsync();
        string? first = null;
        Ledger.BeforeRunWrite = row =>
        {
            if (row.TrainingFileId is not null && first is null)
            {
                // The other execution is just ahead of this one.
                first = HaveFileAsync().GetAwaiter().GetResult();
                Ledger.ChangeRunAsync(RunId, other => other with { TrainingFileId = first }, Token).GetAwaiter().GetResult();
            }
        };

        Upload upload = await UploadAsync();

        Assert.Equal((first, first), (upload.FileId, Row.TrainingFileId));
        Assert.Equal(first, Assert.Single(Emulator.ReadLedger().StoredFiles).Id);
    }

    /// <summary>Or its job could not tell its story, and would be known to nobody as ours.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_WritesTheHashAgain_WhenTheRowWasLostSinceTheInspection(bool isValidation)
    {
        await AddRunAsync(row => row with { Sha256 = null });

        await UploadAsync(isValidation: isValidation);

        Assert.Equal(Sha256Of(Chat()), isValidation ? Row.ValidationSha256 : Row.Sha256);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(401)]
    public async Task RunAsync_IsTriedAgainByTheRule_WhenTheProviderSaysLater(int status)
    {
        await AddRunAsync();
        Script(FaultKind.FailBefore, "POST", "/v1/files", fault => fault with { Status = status });

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => UploadAsync());

        Assert.Equal(1, Requests("POST /v1/files"));
    }

    [Fact]
    public async Task RunAsync_IsNotTriedAgain_WhenTheProviderRefusesTheFile()
    {
        await AddRunAsync();
        Script(FaultKind.FailBefore, "POST", "/v1/files", fault => fault with { Status = 413, Message = "Too large." });

        var refused = await Assert.ThrowsAsync<ProviderRefusedException>(() => UploadAsync());

        Assert.Equal("The provider refused with HTTP 413: Too large.", refused.Message);
    }

    private static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Task<Upload> UploadAsync(DatasetVersion? dataset = null, bool isValidation = false)
    {
        UploadDataset activity = new(Store, Api, Ledger, NullLogger<UploadDataset>.Instance);
        return activity.RunAsync(new UploadInput(RunId, dataset ?? Row.Dataset, Sha256Of(Chat()), Name, isValidation), Token);
    }
}
