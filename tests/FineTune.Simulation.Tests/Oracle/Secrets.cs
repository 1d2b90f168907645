using System.Text;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>What must not come out: the provider's key, and what the training data says.</summary>
internal static class Secrets
{
    private static readonly byte[][] Canaries =
    [
        .. new[] { SimulatedWorld.ApiKey, ChatDataset.Canary }.SelectMany(word => new[] { Encoding.UTF8.GetBytes(word), Encoding.Unicode.GetBytes(word) }),
    ];

    /// <summary>I5: not in the log, and in no file but the datasets themselves.</summary>
    public static IEnumerable<string> NothingComesOut(Evidence evidence)
    {
        if (Leaks(Encoding.UTF8.GetBytes(evidence.World.Log.Text)))
        {
            yield return "a secret is in the log";
        }

        foreach (string file in Directory.EnumerateFiles(evidence.World.Folder.Path, "*", SearchOption.AllDirectories))
        {
            if (Path.GetExtension(file) != ".jsonl" && Leaks(File.ReadAllBytes(file)))
            {
                yield return $"a secret is in {Path.GetFileName(file)}";
            }
        }
    }

    private static bool Leaks(byte[] content) => Canaries.Any(canary => content.AsSpan().IndexOf(canary) >= 0);
}
