using System.Diagnostics;
using System.Globalization;

namespace FineTune.Benchmarks;

/// <summary>One npm tokenizer in its own node process, which is asked for one round at a time so that rounds of all contestants alternate.</summary>
internal sealed class NodeTokenizer(string package, string encoding, string frames) : Contestant($"npm {package}")
{
    private readonly Process _process = Process.Start(new ProcessStartInfo("node", ["throughput.mjs", package, encoding, frames])
    {
        WorkingDirectory = Path.Combine(Repository.Root, "tests", "FineTune.Core.Tests", "Referee"),
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    public override Round Run()
    {
        _process.StandardInput.WriteLine("round");
        string answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{Name} gave no answer; run 'npm ci' in tests/FineTune.Core.Tests/Referee first.");
        string[] parts = answer.Split(' ');
        return new Round(long.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public override void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        base.Dispose();
    }
}
