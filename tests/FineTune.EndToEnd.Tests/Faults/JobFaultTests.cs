using FineTune.Emulator.Faults;
using FineTune.Operations;
using FineTune.Ports;
using static FineTune.EndToEnd.Tests.Faults.FaultCase;

namespace FineTune.EndToEnd.Tests.Faults;

/// <summary>What can go wrong while a job trains and is looked at.</summary>
public sealed class JobFaultTests
{
    private static readonly Dictionary<string, FaultCase> Table = new()
    {
        ["a status nobody knows"] = new(On("GET", OneJob, FaultKind.UnknownStatus) with { Seconds = 100 }),
        ["succeeded, the model's name comes later"] = new(On("GET", OneJob, FaultKind.ModelNullAfterSuccess) with { Seconds = 100 }),
        ["every event twice"] = new(On("GET", Events, FaultKind.DuplicateEvents)),
        ["a fresh job is not to be seen yet"] = new(Fails("GET", OneJob, 404)),
        ["HTTP 500"] = new(Fails("GET", OneJob, 500)),
        ["the key is mended"] = new(Fails("GET", OneJob, 401, "invalid_api_key")),
        ["the closed account still shows its jobs"] = new(Fails("GET", Events, 403)),
        ["a job that is not JSON"] = new(On("GET", OneJob, FaultKind.GarbledBody)),
        ["moderation"] = new(JobPosts: 1, RunStatus.Failed, On("POST", Jobs, FaultKind.ModerationFailure)),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory, MemberData(nameof(Cases))]
    public Task Run_EndsAsTheJobEnds_WhenFollowingItGoesWrong(string fault) => Table[fault].PlayAsync();

    [Fact]
    public async Task Run_StoresEventsByTheirTime_WhenTheyAreToldOutOfOrder()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Emulator.AddFault(On("GET", Events, FaultKind.ReorderEvents));

        RunView run = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(0).Run;

        RunEvent[] stored = await scene.StoredEventsAsync(run.RunId);
        scene.Emulator.ClearFaults();
        Assert.Equal((await scene.Emulator.EventIdsAsync(run.JobId!)).Order(), stored.Select(told => told.Id).Order());
        Assert.Equal(stored.Select(told => told.CreatedAt).Order(), stored.Select(told => told.CreatedAt)); // whose order within a second is anybody's guess
    }

    [Theory]
    [InlineData("invalid_n_examples", "training_file")]
    [InlineData("invalid_training_file", "training_file")]
    [InlineData("invalid_validation_file", "validation_file")]
    [InlineData("invalid_file_format", "training_file")]
    [InlineData("exceeded_quota", null)]
    [InlineData("deleted_training_file", "training_file")]
    [InlineData("a_code_of_tomorrow", null)]
    public async Task Run_FailsWithTheProvidersReason_WhenTheJobFails(string code, string? param)
    {
        Fault fault = On("POST", Jobs, FaultKind.FailJob) with { Code = code, Message = "Sorry, no.", Param = param };

        RunView run = await new FaultCase(JobPosts: 1, RunStatus.Failed, fault).PlayAsync();

        Assert.Equal((code, param), (run.ErrorCode, run.ErrorParam));
        Assert.Contains("Sorry, no.", run.Detail, StringComparison.Ordinal);
    }
}
