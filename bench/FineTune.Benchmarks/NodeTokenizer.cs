using System.Diagnostics;
using System.Globalization;

namespace FineTune.Benchmarks;

/// <summary>One npm tokenizer in its own node process, which is asked for one round at a time so that rounds of all contestants alternate.</summary>
internal sealed class NodeTokenizer : IDisposable
{
    private readonly Process _process;

    public NodeTokenizer(string package, string encoding, string frames)
    {
        Name = $"npm {package}";
        _process = Process.Start(new ProcessStartInfo("node", ["throughput.mjs", package, encoding, frames])
        {
            WorkingDirectory = System.IO.Path.Combine(Repository.Root, "tests", "FineTune.Core.Tests", "Referee"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    public string Name { get; }

    public Round Run()
    {
        _process.StandardInput.WriteLine("round");
        string answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{Name} gave no answer; run 'npm ci' in tests/FineTune.Core.Tests/Referee first.");
        string[] parts = answer.Split(' ');
        return new Round(long.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
