using FineTune.Emulator.Faults;
using FineTune.Ports;
using static FineTune.EndToEnd.Tests.Faults.FaultCase;

namespace FineTune.EndToEnd.Tests.Faults;

/// <summary>What can go wrong with the uploaded file, from its first byte to its deletion: never one left behind.</summary>
public sealed class FileFaultTests
{
    private static readonly Dictionary<string, FaultCase> Table = new()
    {
        ["stored, connection dropped"] = new(Upload(FaultKind.CommitThenDrop)),
        ["stored, answer without an id"] = new(Upload(FaultKind.GarbledBody) with { Body = "{}" }),
        ["stored, half the JSON"] = new(Upload(FaultKind.GarbledBody)),
        ["stored and dropped, listed late"] = new(Upload(FaultKind.CommitThenDrop), On("GET", Files, FaultKind.ListLag) with { Seconds = 220 }),
        ["reset in the first bytes"] = new(Upload(FaultKind.ResetMidUpload) with { AfterBytes = 100 }),
        ["reset after the last byte"] = new(Upload(FaultKind.ResetMidUpload) with { AfterBytes = 1_000_000 }),
        ["HTTP 500"] = new(Fails("POST", Files, 500)),
        ["429"] = new(Fails("POST", Files, 429, "rate_limit_exceeded")),
        ["the key is mended"] = new(Fails("POST", Files, 401, "invalid_api_key")),
        ["a status nobody knows"] = new(On("GET", OneFile, FaultKind.UnknownStatus) with { Seconds = 100, Value = "pondering" }),
        ["metrics cannot be read"] = new(Fails("GET", "/v1/files/*/content", 404)),
        ["not deleted at once"] = new(Fails("DELETE", OneFile, 503)),
        ["refused"] = new(JobPosts: 0, RunStatus.NeedsAttention, Fails("POST", Files, 413)),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory, MemberData(nameof(Cases))]
    public Task Run_LeavesNoFileBehind_WhenItsFileGoesWrong(string fault) => Table[fault].PlayAsync();

    private static Fault Upload(FaultKind kind) => On("POST", Files, kind);
}
