using FineTune.Datasets.Reports;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class HostileFileTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task InspectAsync_StopsShortlyAfterTheCapInLittleMemory_WhenALineNeverEnds()
    {
        var endless = new EndlessStream("{\"messages\": \""u8.ToArray(), (byte)'x');
        await Inspection.OfAsync(Inspection.GoodLine);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        var report = await InspectAsync(endless);

        Assert.True(report.Has(FileRules.LineTooLong));
        Assert.True(report.Has(FileRules.ReadingStopped));
        Assert.InRange(report.Bytes, 15 * Megabyte, 33 * Megabyte);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 60 * Megabyte);
    }

    [Fact]
    public async Task InspectAsync_ReadsOnBehindIt_WhenOneLineIsTooLong()
    {
        string text = Inspection.GoodLine + "\n{\"messages\": \"" + new string('x', 16 * Megabyte) + "\"}\n" + Inspection.GoodLine.Replace("Hi", "Ho", StringComparison.Ordinal) + ",";

        var report = await Inspection.OfAsync(text);

        var found = report.Problems.Where(problem => problem.Line is not null).Select(problem => (problem.Code, problem.Line));
        Assert.Equal([(FileRules.LineTooLong.Code, 2), (JsonRules.TrailingComma.Code, 3)], found);
        Assert.NotNull(report.Sha256);
    }

    [Fact]
    public async Task InspectAsync_RefusesTheLineSoonAfterTheCap_WhenItHasAHundredMegabytes()
    {
        byte[] line = new byte[100 * Megabyte];
        line.AsSpan().Fill((byte)'x');

        var report = await Inspection.OfAsync(line);

        Assert.Equal(1, report.ProblemCounts.Single(count => count.Code == FileRules.LineTooLong.Code).FirstLine);
        Assert.InRange(report.Bytes, 15 * Megabyte, 33 * Megabyte);
    }

    /// <summary>What the provider takes must not be refused for its length.</summary>
    [Theory]
    [InlineData(8_000_000)]
    [InlineData(10 * Megabyte)]
    public async Task InspectAsync_ReadsTheLine_WhenItHoldsAsLargeAnImageAsTheProviderTakes(int bytes)
    {
        byte[] image = new byte[bytes];
        new Random(20261121).NextBytes(image);
        ((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]).CopyTo(image);
        string part = "{\"type\": \"image_url\", \"image_url\": {\"url\": \"data:image/png;base64," + Convert.ToBase64String(image) + "\"}}";
        string line = "{\"messages\": [{\"role\": \"user\", \"content\": [" + part + "]}, {\"role\": \"assistant\", \"content\": \"A lamp\"}]}";

        var report = await Inspection.OfAsync(Inspection.GoodLines(60) + line, BadLines.Spec);

        Assert.Equal(PartRules.ImagesUnseen.Code, Assert.Single(report.Problems).Code);
        Assert.Equal(61, report.Examples);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public async Task InspectAsync_ReportsTheDepth_WhenBracketsNestAHundredThousandTimes(char open, char close)
    {
        string opening = open == '[' ? "[" : "{\"a\":";
        string text = string.Concat(Enumerable.Repeat(opening, 100_000)) + new string(close, 100_000);

        var report = await Inspection.OfAsync(text);

        var problem = Assert.Single(report.Problems, problem => problem.Line is not null);
        Assert.Equal(JsonRules.TooDeep.Code, problem.Code);
        Assert.Equal((64 * opening.Length) + 1, problem.Column);
    }

    [Fact]
    public async Task InspectAsync_CountsAllButListsFew_WhenEveryLineIsWrong()
    {
        string lines = string.Concat(Enumerable.Range(1, 5_000).Select(number => $"{{\"messages\": [], \"id\": {number}}}\n"));

        var report = await Inspection.OfAsync(lines);

        Assert.Equal(5_000, report.ProblemCounts.Single(count => count.Code == ChatRules.MessagesEmpty.Code).Count);
        Assert.Equal(200, report.Problems.Count);
        Assert.Equal(10_000 - 200, report.ProblemsLeftOut);
    }

    [Fact]
    public async Task InspectAsync_GivesUp_WhenFarTooManyLinesAreNoJson()
    {
        var report = await Inspection.OfAsync(string.Concat(Enumerable.Repeat("no\n", 30_000)));

        Assert.True(report.Has(FileRules.ReadingStopped));
        Assert.Null(report.Sha256);
        Assert.InRange(report.Lines, 20_000, 20_001);
    }

    [Fact]
    public async Task InspectAsync_RefusesTheLine_WhenItHoldsFarTooManyValues()
    {
        var report = await Inspection.OfAsync("{\"messages\": [" + string.Join(',', Enumerable.Repeat("1", 500_000)) + "]}");

        Assert.True(report.Has(JsonRules.TooManyValues));
    }

    [Fact]
    public async Task InspectAsync_IsQuick_WhenAnObjectHasManyKeysAndOneTwice()
    {
        string keys = string.Join(',', Enumerable.Range(1, 100_000).Select(number => $"\"k{number}\": 1"));

        var report = await Inspection.OfAsync("{" + keys + ", \"k50000\": 2}");

        Assert.Equal(1, report.ProblemCounts.Single(count => count.Code == JsonRules.DuplicateKey.Code).Count);
    }

    [Fact]
    public async Task InspectAsync_NeverThrows_WhenBytesAreRandom()
    {
        var random = new Random(20261121);
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = new byte[random.Next(2_000)];
            random.NextBytes(bytes);

            var report = await Inspection.OfAsync(bytes);

            Assert.False(report.IsTrainable);
        }
    }

    [Fact]
    public async Task InspectAsync_NeverThrows_WhenGoodExamplesAreDamaged()
    {
        var random = new Random(7);
        byte[][] seeds = [.. BadLines.All.Select(row => BadLines.Read(row.Data.Item2).Bytes)];
        for (int round = 0; round < 5_000; round++)
        {
            byte[] bytes = [.. seeds[random.Next(seeds.Length)]];
            for (int damage = random.Next(1, 6); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = Damage(random);
            }

            var report = await Inspection.OfAsync(bytes);

            Assert.False(report.IsTrainable);
        }
    }

    private static byte Damage(Random random)
    {
        var likely = "{}[],:\"\\u0d8 \n'ne\t"u8;
        return random.Next(3) == 0 ? (byte)random.Next(256) : likely[random.Next(likely.Length)];
    }

    private static Task<DatasetReport> InspectAsync(Stream stream)
        => Inspection.Inspector().InspectAsync("data.jsonl", stream, Inspection.Spec, TestContext.Current.CancellationToken);

    /// <summary>A beginning, and then one byte for ever.</summary>
    private sealed class EndlessStream(byte[] beginning, byte filling) : UnseekableStream
    {
        private int _given;

        public override int Read(Span<byte> buffer)
        {
            var rest = beginning.AsSpan(Math.Min(_given, beginning.Length));
            int length = Math.Min(rest.Length, buffer.Length);
            rest[..length].CopyTo(buffer);
            buffer[length..].Fill(filling);
            _given += length;
            return buffer.Length;
        }
    }
}
