using System.Diagnostics;
using FineTune.Tokens;

namespace FineTune.Benchmarks;

/// <summary>
/// Counts the same texts with our counter and with the other tokenizers, in turns on one thread, and prints the medians and the medians of the
/// ratios of neighbouring rounds: what else the machine does slows both sides of a ratio.
/// </summary>
internal static class TokenThroughput
{
    private const int WarmUps = 5;
    private const int Rounds = 15;

    public static void Print(byte[][] texts)
    {
        double megabytes = texts.Sum(text => (long)text.Length) / 1e6;
        Console.WriteLine($"{texts.Length:N0} texts, {megabytes:F1} MB, {Rounds} rounds in turns, one thread\n");
        Console.WriteLine("| Encoding | Counter | MB/s (median) | Ours is faster by (median of ratios) | Bytes allocated a call |");
        Console.WriteLine("|---|---|---|---|---|");
        string frames = WriteFrames(texts);
        foreach (var encoding in (TokenEncoding[])[TokenEncoding.O200kBase, TokenEncoding.Cl100kBase])
        {
            Compare(encoding, texts, frames, megabytes);
        }

        File.Delete(frames);
    }

    private static void Compare(TokenEncoding encoding, byte[][] texts, string frames, double megabytes)
    {
        Contestant[] others = Contestant.All(encoding.Name, texts, frames);
        List<double> ours = [];
        List<double>[] theirs = [.. others.Select(_ => new List<double>())];
        for (int round = -WarmUps; round < Rounds; round++)
        {
            var mine = Run(encoding, texts);
            var answers = others.Select(other => other.Run()).ToArray();
            ExpectSameTokens(encoding, mine, answers);
            if (round >= 0)
            {
                ours.Add(mine.Seconds);
                theirs.Zip(answers).ToList().ForEach(pair => pair.First.Add(pair.Second.Seconds));
            }
        }

        Console.WriteLine($"| {encoding.Name} | this project | {megabytes / Median(ours):F1} | | {AllocatedPerCall(encoding, texts):F1} |");
        foreach (var (other, seconds) in others.Zip(theirs))
        {
            Console.WriteLine($"| {encoding.Name} | {other.Name} | {megabytes / Median(seconds):F1} | {Median(seconds.Zip(ours, (a, b) => a / b)):F1} × | |");
            other.Dispose();
        }
    }

    private static Round Run(TokenEncoding encoding, byte[][] texts)
    {
        long tokens = 0, start = Stopwatch.GetTimestamp();
        foreach (byte[] text in texts)
        {
            tokens += encoding.Count(text);
        }

        return new Round(tokens, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void ExpectSameTokens(TokenEncoding encoding, Round mine, Round[] answers)
    {
        if (answers.Any(answer => answer.Tokens != mine.Tokens))
        {
            throw new InvalidOperationException($"{encoding.Name}: we count {mine.Tokens} tokens, the others {string.Join(" and ", answers.Select(a => a.Tokens))}.");
        }
    }

    private static double AllocatedPerCall(TokenEncoding encoding, byte[][] texts)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(encoding, texts);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / texts.Length;
    }

    private static string WriteFrames(byte[][] texts)
    {
        string path = Path.GetTempFileName();
        using var writer = new BinaryWriter(File.Create(path));
        foreach (byte[] text in texts)
        {
            writer.Write(text.Length);
            writer.Write(text);
        }

        return path;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
