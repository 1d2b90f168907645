using System.Diagnostics;
using System.Globalization;

namespace FineTune.Local.Engine;

/// <summary>
/// Dies on the spot, as by <c>kill -9</c>, where the environment variable <c>FT_CRASH=name:phase[:n]</c> says, at the n-th time (1 is
/// the first). Tests of the real program use it to stop between any two steps.
/// </summary>
internal sealed class CrashPoint(string name, string phase, int hits)
{
    private static readonly CrashPoint? Armed = Parse(Environment.GetEnvironmentVariable("FT_CRASH"));

    private int _hitsLeft = hits;

    public static void Reach(string name, string phase)
    {
        if (Armed?.IsHit(name, phase) == true)
        {
            // On Unix this is SIGKILL: no finally block runs, no buffer is flushed, the exit code is 137.
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    /// <summary>Null when nothing is armed.</summary>
    internal static CrashPoint? Parse(string? setting)
    {
        if (string.IsNullOrEmpty(setting))
        {
            return null;
        }

        string[] parts = setting.Split(':');
        int hits = 1;
        bool isCounted = parts.Length == 3 && int.TryParse(parts[2], CultureInfo.InvariantCulture, out hits);
        return (isCounted || parts.Length == 2) && hits > 0
            ? new CrashPoint(parts[0], parts[1], hits)
            : throw new FormatException($"FT_CRASH is '{setting}'; expected <name>:<phase> or <name>:<phase>:<n> with n from 1.");
    }

    internal bool IsHit(string reached, string at) => reached == name && at == phase && Interlocked.Decrement(ref _hitsLeft) == 0;
}
