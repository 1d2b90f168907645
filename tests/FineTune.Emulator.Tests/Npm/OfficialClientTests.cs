using System.ComponentModel;
using System.Text.Json;

namespace FineTune.Emulator.Tests.Npm;

/// <summary>The provider's own JavaScript client, which no one here wrote, must find nothing strange.</summary>
public sealed class OfficialClientTests
{
    private const int Steps = 18;
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "FineTune.Emulator.Tests", "Npm");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryStep_Succeeds_WhenTheOfficialClientDrivesTheEmulator()
    {
        Assert.SkipUnless(await HasNodeAsync(), "node and npm are not on the PATH.");
        await InstallAsync();
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions(), timeProvider: null, Token);

        using var node = new ChildProcess("node", Folder, "check.mjs", server.BaseAddress.ToString());
        var (exitCode, output, error) = await node.FinishAsync(Token);

        Assert.True(exitCode == 0, error);
        var steps = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Empty(steps.Where(s => !s.GetProperty("ok").GetBoolean()).Select(s => s.GetRawText()));
        Assert.Equal(Steps, steps.Count);
    }

    private static async Task<bool> HasNodeAsync()
    {
        try
        {
            using var node = new ChildProcess("node", Folder, "--version");
            using var npm = new ChildProcess("npm", Folder, "--version");
            return (await node.FinishAsync(Token)).ExitCode == 0 && (await npm.FinishAsync(Token)).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "openai")))
        {
            return;
        }

        using var npm = new ChildProcess("npm", Folder, "ci", "--no-audit", "--no-fund");
        var (exitCode, _, error) = await npm.FinishAsync(Token);
        Assert.True(exitCode == 0, $"npm ci failed: {error}");
    }
}
