using System.Diagnostics;
using System.Globalization;
using FineTune.Tokens;

namespace FineTune.Benchmarks;

/// <summary>How long the first count takes in a process that has counted nothing yet, the loading of the vocabulary included.</summary>
internal static class ColdStart
{
    private const int Processes = 11;

    public static void Print(string encoding)
    {
        long start = Stopwatch.GetTimestamp();
        (encoding == "o200k_base" ? TokenEncoding.O200kBase : TokenEncoding.Cl100kBase).Count("Hello, world!"u8);
        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }

    public static void PrintInFreshProcesses()
    {
        Console.WriteLine("\n| Encoding | Load and first count, ms (median of fresh processes) |\n|---|---|");
        foreach (string encoding in (string[])["o200k_base", "cl100k_base"])
        {
            double[] sorted = [.. Enumerable.Range(0, Processes).Select(_ => Measure(encoding)).Order()];
            Console.WriteLine($"| {encoding} | {sorted[Processes / 2]:F1} |");
        }
    }

    private static double Measure(string encoding)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["cold", encoding]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }
}
