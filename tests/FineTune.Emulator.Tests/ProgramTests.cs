using System.Text.Json;

namespace FineTune.Emulator.Tests;

/// <summary>The emulator as its users start it.</summary>
public sealed class ProgramTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "FineTune.Emulator.dll");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emulator-program-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Jobs_AreStillThere_WhenTheProcessIsKilled()
    {
        string file, job;
        using (var process = Start("--state", _folder.FullName))
        {
            using var client = new EmulatorClient(await AddressAsync(process));
            file = await client.UploadIdAsync(Dataset.Chat());
            job = await client.CreateIdAsync(file, new { metadata = new { ft_key = "K" } });
            process.Kill();
        }

        using var again = Start("--state", _folder.FullName, "--speed", "100000");
        using var other = new EmulatorClient(await AddressAsync(again));
        while (await other.StatusAsync(job) != "succeeded")
        {
            await Task.Yield();
        }

        var found = await other.GetAsync("fine_tuning/jobs?metadata[ft_key]=K");
        Assert.Equal(job, Assert.Single(found.GetProperty("data").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(Dataset.Chat(), await other.Http.GetStringAsync($"files/{file}/content", Token));
    }

    [Theory]
    [InlineData("--host 0.0.0.0 --port 0", "listens on loopback only")]
    [InlineData("--host 10.1.2.3", "set AllowRemote (--allow-remote)")]
    [InlineData("--host elsewhere", "expected an IP address or 'localhost'")]
    [InlineData("--speed 0", "Speed is 0; expected more than 0")]
    [InlineData("--port 70000", "Port is 70000; expected 0 to 65535.")]
    [InlineData("--port 99999999999", "--port is '99999999999'; expected a number")]
    [InlineData("--seed many", "--seed is 'many'; expected a number")]
    [InlineData("--fast", "--fast needs a value")]
    [InlineData("--colour red", "--colour is not an option")]
    public async Task Start_IsRefusedWithAReason_WhenAnOptionIsWrong(string arguments, string reason)
    {
        using var process = new ChildProcess("dotnet", _folder.FullName, [Program, .. arguments.Split(' ')]);

        var (exitCode, output, error) = await process.FinishAsync(Token);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(reason, error);
    }

    [Fact]
    public async Task Server_ListensEverywhere_WhenToldToOnPurpose()
    {
        var options = new EmulatorOptions { Host = "0.0.0.0", AllowRemote = true };
        await using var server = await EmulatorServer.StartAsync(options, timeProvider: null, Token);
        using var client = new EmulatorClient(server.BaseAddress);

        Assert.Equal("127.0.0.1", server.BaseAddress.Host);
        Assert.Equal(JsonValueKind.Array, (await client.GetAsync("models")).GetProperty("data").ValueKind);
    }

    private ChildProcess Start(params string[] arguments)
        => new("dotnet", _folder.FullName, [Program, "--port", "0", .. arguments]);

    private static async Task<Uri> AddressAsync(ChildProcess process)
    {
        string line = await process.Output.ReadLineAsync(Token) ?? throw new InvalidOperationException("The emulator did not start.");
        return new Uri(line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)));
    }
}
