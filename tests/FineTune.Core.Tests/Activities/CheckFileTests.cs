using FineTune.Activities;
using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>One look at an uploaded file.</summary>
public sealed class CheckFileTests : ActivityTest
{
    [Fact]
    public async Task RunAsync_SaysNotYetThenReady()
    {
        await AddRunAsync();
        string file = await HaveFileAsync();

        FileCheck early = await CheckAsync(file);
        Clock.Advance(TimeSpan.FromMinutes(1));
        FileCheck late = await CheckAsync(file);

        Assert.Equal((new FileCheck(End: null), new FileCheck(End: null, Ready: true)), (early, late));
    }

    [Fact]
    public async Task RunAsync_Fails_WhenTheProviderCannotUseTheFile()
    {
        await AddRunAsync();
        string file = await HaveFileAsync();
        Script(FaultKind.UnknownStatus, "GET", "/v1/files/*", fault => fault with { Value = "error" });

        FineTuneOutcome end = (await CheckAsync(file)).End!;

        Assert.Equal(RunStatus.Failed, end.Status);
        Assert.StartsWith("The provider cannot use the uploaded file: ", end.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("a_word_from_next_year")]
    public async Task RunAsync_SaysNotYet_WhenTheStatusIsUnknown(string status)
    {
        await AddRunAsync();
        string file = await HaveFileAsync();
        Script(FaultKind.UnknownStatus, "GET", "/v1/files/*", fault => fault with { Value = status });

        Assert.Equal(new FileCheck(End: null), await CheckAsync(file));
    }

    [Fact]
    public async Task RunAsync_SaysNotYet_WhenTheProviderDoesNotShowTheFileYet()
    {
        await AddRunAsync();
        string file = await HaveFileAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Script(FaultKind.FailBefore, "GET", "/v1/files/*", fault => fault with { Status = 404 });

        FileCheck[] looks = [await CheckAsync(file), await CheckAsync(file)];

        Assert.Equal([new FileCheck(End: null), new FileCheck(End: null, Ready: true)], looks);
    }

    [Fact]
    public async Task RunAsync_EndsTheRun_WhenCancelled()
    {
        await AddRunAsync(row => row with { CancelRequested = true });

        Assert.Equal(RunStatus.Cancelled, (await CheckAsync("file-any")).End!.Status);
    }

    private Task<FileCheck> CheckAsync(string file) => new CheckFile(Api, Ledger).RunAsync(new CheckFileInput(RunId, file), Token);
}
