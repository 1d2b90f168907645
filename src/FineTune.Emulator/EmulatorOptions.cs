using System.Net;

namespace FineTune.Emulator;

/// <summary>Where the emulator listens, what it keeps, and how fast and how strict it is. All durations are emulated time.</summary>
public sealed class EmulatorOptions
{
    /// <summary>0 picks a free port; read the real one from <see cref="EmulatorServer.BaseAddress"/>.</summary>
    public int Port { get; init; }

    /// <summary>An IP address or "localhost". Anything but loopback needs <see cref="AllowRemote"/>.</summary>
    public string Host { get; init; } = "127.0.0.1";

    public bool AllowRemote { get; init; }

    /// <summary>Journal and file bytes live here and survive a restart. Null: a temporary folder, deleted on dispose.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Emulated seconds per real second. Default 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Fixes ids and job seeds for a repeatable session. Null: random, so that no two servers share an id.</summary>
    public int? Seed { get; init; }

    /// <summary>How long a fine-tune file stays <c>uploaded</c>. Files for other purposes are <c>processed</c> at once.</summary>
    public TimeSpan FileProcessing { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Validating { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan Queued { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sets how long training takes, between <see cref="ShortestTraining"/> and <see cref="LongestTraining"/>.</summary>
    public double TokensPerSecond { get; init; } = 5_000;

    public TimeSpan ShortestTraining { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan LongestTraining { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The real service answers a result file's content as base64 text of the CSV. False: the plain CSV.</summary>
    public bool ResultFilesAreBase64 { get; init; } = true;

    /// <summary>Largest file in bytes. Default 512 MB, the provider's limit.</summary>
    public long MaxFileBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Jobs created per emulated UTC day before 429 <c>daily_rate_limit_exceeded</c>. Null: no limit.</summary>
    public int? DailyJobLimit { get; init; }

    /// <summary>Unfinished jobs before 429. Null: no limit.</summary>
    public int? ConcurrentJobLimit { get; init; }

    internal IPAddress Address()
    {
        var address = Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(Host, out var parsed) ? parsed
            : throw new ArgumentException($"Host is '{Host}'; expected an IP address or 'localhost'.");
        return IPAddress.IsLoopback(address) || AllowRemote
            ? address
            : throw new ArgumentException(
                $"Host is '{Host}', which other machines can reach. The emulator accepts any key and deletes on request, " +
                "so it listens on loopback only. Use 127.0.0.1, or set AllowRemote (--allow-remote) to open it on purpose.");
    }

    internal void Validate()
    {
        Address();
        Require(Speed is > 0 and <= 1_000_000, $"Speed is {Speed}; expected more than 0 and at most 1000000.");
        Require(Port is >= 0 and <= 65_535, $"Port is {Port}; expected 0 to 65535.");
        Require(TokensPerSecond > 0, $"TokensPerSecond is {TokensPerSecond}; expected more than 0.");
        Require(ShortestTraining <= LongestTraining, "ShortestTraining is longer than LongestTraining; swap them.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
