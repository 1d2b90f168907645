
namespace FineTune.Emulator.Tests;

/// <summary>A test with a server of its own and time that moves on command.</summary>
public abstract class EmulatorTest : IAsyncLifetime
{
    internal ManualClock Clock { get; } = new();

    protected EmulatorServer Server { get; private set; } = null!;

    private protected EmulatorClient Client { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected virtual EmulatorOptions Options { get; } = new() { Seed = 7 };

    public async ValueTask InitializeAsync()
    {
        Server = await EmulatorServer.StartAsync(Options, Clock, Token);
        Client = new EmulatorClient(Server.BaseAddress);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Far enough for any job of these tests to be over.</summary>
    protected void PassAnHour() => Clock.Advance(TimeSpan.FromHours(1));

    private protected async Task<string> SucceedAsync(object? extra = null)
    {
        string file = await Client.UploadIdAsync(Dataset.Chat());
        string job = await Client.CreateIdAsync(file, extra);
        PassAnHour();
        return job;
    }
}
