using FineTune.Emulator;
using FineTune.Operations;

namespace FineTune.Local.Hosting;

/// <summary>The emulator of one data folder: hosted here, or found where another process of ours hosts it.</summary>
internal sealed class LocalEmulator(Uri address, EmulatorServer? hosted, string addressFile) : IAsyncDisposable
{
    /// <summary>Emulated seconds per second: a small job takes a few seconds.</summary>
    private const double DefaultSpeed = 40;

    /// <summary>The base URL for an OpenAI client.</summary>
    public Uri Address { get; } = address;

    public static async Task<LocalEmulator> StartAsync(DataFolder folder, IConfiguration configuration, CancellationToken cancellationToken)
    {
        string addressFile = Path.Combine(folder.Path, "emulator.address");
        EmulatorOptions options = new()
        {
            StateFolder = folder.Emulator,
            Speed = configuration.GetValue("Emulator:Speed", DefaultSpeed),
            Port = configuration.GetValue("Emulator:Port", 0),
        };
        try
        {
            EmulatorServer server = await StartServerAsync(options, cancellationToken);
            await File.WriteAllTextAsync(addressFile, server.BaseAddress.AbsoluteUri, cancellationToken);
            return new LocalEmulator(server.BaseAddress, server, addressFile);
        }
        catch (IOException) when (File.Exists(addressFile))
        {
            // Its state belongs to another process of ours, such as `finetune serve`, which says where it listens.
            return new LocalEmulator(new Uri(await File.ReadAllTextAsync(addressFile, cancellationToken)), hosted: null, addressFile);
        }
    }

    /// <exception cref="InvalidRequestException">It was asked for a speed or a port that cannot be.</exception>
    public static async Task<EmulatorServer> StartServerAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await EmulatorServer.StartAsync(options, timeProvider: null, cancellationToken);
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidRequestException($"The emulator cannot be started like this. {wrong.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (hosted is not null)
        {
            File.Delete(addressFile);
            await hosted.DisposeAsync();
        }
    }
}
