using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FineTune.Datasets;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Reports.Html;

namespace FineTune.Core.Tests.Datasets;

/// <summary>
/// Damages real samples and bad lines in every way and has them inspected for every kind of training: nothing may throw, take long or
/// grow. A few thousand rounds with a fixed seed in every run; with <c>FT_FUZZ_MINUTES</c> set, so many minutes with a new one, which is told.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 1_500;
    private const int LongestFile = 200_000;

    private static readonly byte[] Likely = "{}[],:\"\\u0d8 \n'ne\t\r@+-459"u8.ToArray();

    private static readonly FineTuneSpec[] Specs =
    [
        Inspection.Spec,
        BadLines.Spec,
        new() { Model = "gpt-3.5-turbo-0613" },
        new() { Model = "davinci-002" },
        new() { Model = "gpt-9" },
        Inspection.Spec with { Method = TrainingMethod.Preference },
        new() { Model = "o4-mini", Method = TrainingMethod.Reinforcement },
    ];

    [Fact]
    public async Task InspectAsync_NeverThrows_WhenSamplesAreDamaged()
    {
        double minutes = double.Parse(Environment.GetEnvironmentVariable("FT_FUZZ_MINUTES") ?? "0", CultureInfo.InvariantCulture);
        int seed = minutes > 0 ? Environment.TickCount : 20261121;
        var random = new Random(seed);
        byte[][] files = await FilesAsync();
        long start = Stopwatch.GetTimestamp();
        long memory = 0;
        int round = 0;
        for (; minutes > 0 ? Stopwatch.GetElapsedTime(start).TotalMinutes < minutes : round < Rounds; round++)
        {
            byte[] bytes = Damage(files, random);
            try
            {
                await InspectAsync(bytes, random);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}, round {round}: {Convert.ToBase64String(bytes)}", exception);
            }

            memory = round == Rounds / 2 ? GC.GetTotalMemory(forceFullCollection: true) : memory;
        }

        long grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
        output.WriteLine($"{round:N0} files with seed {seed}; memory has grown by {grown:N0} bytes.");
        Assert.InRange(grown, long.MinValue, 64 * 1024 * 1024);
    }

    private static async Task InspectAsync(byte[] bytes, Random random)
    {
        var spec = Specs[random.Next(Specs.Length)];
        var limits = new InspectionLimits { LineBytes = random.Next(2) == 0 ? 2_000 : 4_000_000, SkippedBytes = 50_000, BrokenLines = random.Next(1, 100) };
        var grader = Grader.Read("""{"type": "python", "source": "item {{item.answer}}"}""");
        var report = await Inspection.Inspector(limits).InspectAsync(
            "data.jsonl", new MemoryStream(bytes), spec, (DatasetRole)random.Next(2), new ExampleIndex(), TestContext.Current.CancellationToken, grader);
        Assert.True(report.Lines <= bytes.Length + 1);
        string json = JsonSerializer.Serialize(report, ReportJsonContext.Default.DatasetReport);
        Assert.NotEmpty(json + ReportText.Of(report) + HtmlReport.Of(report));
    }

    private static byte[] Damage(byte[][] files, Random random)
    {
        List<byte> bytes = [.. files[random.Next(files.Length)]];
        for (int damage = random.Next(1, 8); damage > 0 && bytes.Count > 0; damage--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 200), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.Insert(at, Likely[random.Next(Likely.Length)]);
                    break;
                case 4:
                    byte[] other = files[random.Next(files.Length)];
                    int from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(2_000), other.Length - from)).ToArray());
                    break;
                case 5:
                    bytes.InsertRange(at, Enumerable.Repeat(bytes[at], random.Next(5_000)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes.Take(LongestFile)];
    }

    private static async Task<byte[][]> FilesAsync()
    {
        List<byte[]> files = [.. BadLines.All.Select(row => BadLines.Read(row.Data.Item2).Bytes)];
        foreach (string sample in SampleTests.AllFiles())
        {
            files.Add(await File.ReadAllBytesAsync(Path.Combine(Repository.Samples, sample), TestContext.Current.CancellationToken));
        }

        return [.. files.Where(file => file.Length > 0)];
    }
}
