using System.Text;
using FineTune.Datasets;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class BadFileTests
{
    public static TheoryData<string, byte[]> NotText { get; } = new()
    {
        { "gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] },
        { "zip", "PK\u0003\u0004 and so on"u8.ToArray() },
        { "zstd", [0x28, 0xB5, 0x2F, 0xFD, 4, 0, 0, 0] },
        { "bzip2", [(byte)'B', (byte)'Z', (byte)'h', (byte)'9', 0x31, 0x41, 0x59, 0x26] },
        { "xz", [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 0, 4] },
        { "7z", [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, 0, 4] },
        { "Parquet", "PAR1 and so on"u8.ToArray() },
        { "PDF", "%PDF-1.7 and so on"u8.ToArray() },
        { "old Office file", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] },
        { "Arrow", "ARROW1\0\0"u8.ToArray() },
        { "SQLite", "SQLite format 3\0"u8.ToArray() },
        { "pickle", [0x80, 4, 0x95, 0, 0, 0, 0, 0] },
        { "image", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A] },
        { "image", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F'] },
    };

    public static TheoryData<string, byte[]> WideText { get; } = new()
    {
        { "UTF-16 (little endian)", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Inspection.GoodLine)] },
        { "UTF-16 (big endian)", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Inspection.GoodLine)] },
        { "UTF-16 (little endian, without a byte order mark)", Encoding.Unicode.GetBytes(Inspection.GoodLine) },
        { "UTF-16 (big endian, without a byte order mark)", Encoding.BigEndianUnicode.GetBytes(Inspection.GoodLine) },
        { "UTF-32", [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes(Inspection.GoodLine)] },
    };

    public static TheoryData<string, byte[], int> InvalidUtf8 { get; } = new()
    {
        { "one-byte encoding", [0xFC], 0 },
        { "one-byte encoding", [0x80, 0xE9], 0 },
        { "one-byte encoding", [(byte)'G', (byte)'r', 0xFC, 0xDF, (byte)'e'], 2 },
        { "overlong", [0xC0, 0xAF], 0 },
        { "surrogate", [0xED, 0xA0, 0x80], 0 },
        { "beyond Unicode", [0xF8, 0x88, 0x80, 0x80, 0x80], 0 },
        { "one-byte encoding", [0xC3, 0xBC, 0xC3], 2 },
    };

    [Theory]
    [MemberData(nameof(NotText))]
    public async Task InspectAsync_NamesTheKindAndStops_WhenFileIsNoText(string kind, byte[] bytes)
    {
        var report = await Inspection.OfAsync(bytes);

        var problem = Assert.Single(report.Problems);
        Assert.Equal(FileRules.NotText.Code, problem.Code);
        Assert.Contains(kind, problem.Message, StringComparison.Ordinal);
        Assert.False(report.IsTrainable);
        Assert.Null(report.Sha256);
    }

    [Theory]
    [MemberData(nameof(WideText))]
    public async Task InspectAsync_NamesTheEncodingAndStops_WhenTextIsNotUtf8(string encoding, byte[] bytes)
    {
        var report = await Inspection.OfAsync(bytes);

        var problem = Assert.Single(report.Problems);
        Assert.Equal(FileRules.Utf16.Code, problem.Code);
        Assert.Contains(encoding + ";", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(InvalidUtf8))]
    public async Task InspectAsync_PointsAtTheByte_WhenALineIsNotUtf8(string looksLike, byte[] bytes, int at)
    {
        byte[] before = Encoding.UTF8.GetBytes(Inspection.GoodLine + "\n{\"messages\": \"Grüße ");

        var report = await Inspection.OfAsync([.. before, .. bytes, .. "\"}\n"u8]);

        var problem = Assert.Single(report.Problems, problem => problem.Line is not null);
        Assert.Equal((FileRules.InvalidUtf8.Code, 2), (problem.Code, problem.Line));
        Assert.Equal(before.Length + at, problem.ByteOffset);
        Assert.Contains(looksLike, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.json", true)]
    [InlineData("data.txt", true)]
    [InlineData("DATA.JSONL", false)]
    public async Task InspectAsync_Warns_WhenTheProviderWouldNotTakeTheName(string name, bool warned)
    {
        var bytes = new MemoryStream(Encoding.UTF8.GetBytes(Inspection.GoodLines(60)));

        var report = await Inspection.Inspector().InspectAsync(name, bytes, Inspection.Spec, TestContext.Current.CancellationToken);

        Assert.Equal((warned, true), (report.Has(FileRules.NameNotJsonl), report.IsTrainable));
    }

    [Fact]
    public async Task InspectAsync_WarnsAndCountsColumnsFromTheText_WhenFileStartsWithAByteOrderMark()
    {
        var report = await Inspection.OfAsync("\uFEFF" + Inspection.GoodLine + ",\n" + Inspection.GoodLines(60));

        Assert.True(report.Has(FileRules.ByteOrderMark));
        var comma = Assert.Single(report.Problems, problem => problem.Code == JsonRules.TrailingComma.Code);
        Assert.Equal((1, Inspection.GoodLine.Length + 1, Inspection.GoodLine.Length + 3), (comma.Line, comma.Column, (int)comma.ByteOffset!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\n  \n")]
    public async Task InspectAsync_SaysTheFileIsEmpty_WhenItHoldsNoExample(string text)
    {
        var report = await Inspection.OfAsync(text);

        Assert.True(report.Has(FileRules.Empty));
        Assert.False(report.Has(DatasetWideRules.TooFewExamples));
        Assert.False(report.IsTrainable);
    }

    [Fact]
    public async Task InspectAsync_ReportsOnceAndCountsTheRest_WhenWholeFileIsInAnotherFormat()
    {
        string lines = string.Concat(Enumerable.Range(1, 100).Select(n => $"{{\"prompt\": \"{n}\", \"completion\": \" {n}\"}}\n"));

        var report = await Inspection.OfAsync(lines);

        var problem = Assert.Single(report.Problems);
        Assert.Equal(DatasetWideRules.WrongFormat.Code, problem.Code);
        Assert.Contains("prompt/completion", problem.Message, StringComparison.Ordinal);
        Assert.Equal(100, report.Examples);
    }

    [Fact]
    public async Task InspectAsync_ReportsOnce_WhenAllExamplesAreSpreadOverManyLines()
    {
        string document = "{\n  \"messages\": [\n    {\"role\": \"user\", \"content\": \"Hi\"},\n    {\"role\": \"assistant\", \"content\": \"Ho\"}\n  ]\n}\n";

        var report = await Inspection.OfAsync(string.Concat(Enumerable.Repeat(document, 50)));

        var problem = Assert.Single(report.Problems);
        Assert.Equal((JsonRules.ManyLines.Code, 1), (problem.Code, problem.Line));
    }

    [Fact]
    public async Task InspectAsync_NamesEveryMistake_WhenManyLinesAreWrong()
    {
        var report = await Inspection.OfAsync(Inspection.GoodLine + ",\n{\"messages\": []}\n\nnonsense\n" + Inspection.GoodLines(60));

        var found = report.Problems.Where(problem => problem.Line is not null).Select(problem => (problem.Code, problem.Line)).ToArray();
        Assert.Equal(
            [(JsonRules.TrailingComma.Code, 1), (ChatRules.MessagesEmpty.Code, 2), (FileRules.BlankLine.Code, 3), (JsonRules.NotJson.Code, 4)], found);
    }

    [Theory]
    [InlineData(9, DatasetRole.Training, false)]
    [InlineData(10, DatasetRole.Training, true)]
    [InlineData(1, DatasetRole.Validation, true)]
    public async Task InspectAsync_WantsTenExamples_WhenDatasetIsForTraining(int examples, DatasetRole role, bool isTrainable)
    {
        var report = await Inspection.OfAsync(Inspection.GoodLines(examples), role: role);

        Assert.Equal(isTrainable, report.IsTrainable);
        Assert.Equal(!isTrainable, report.Has(DatasetWideRules.TooFewExamples));
    }

    [Fact]
    public async Task InspectAsync_SaysTheFileIsTooLargeButReadsIt_WhenItPassesTheProvidersLimit()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Inspection.GoodLines(60));
        var limits = new InspectionLimits { FileBytes = 1000 };

        var report = await Inspection.Inspector(limits).InspectAsync(
            "data.jsonl", new MemoryStream(bytes), Inspection.Spec, TestContext.Current.CancellationToken);

        Assert.True(report.Has(FileRules.TooLarge));
        Assert.Equal(60, report.Examples);
    }

    [Theory]
    [InlineData("azure", -1, "tokens-too-many")]
    [InlineData("azure", 0, "tokens-maybe-too-many")]
    [InlineData("openai", -1, null)]
    public async Task InspectAsync_KnowsAzuresLimitOfTokensTimesEpochs(string provider, int more, string? code)
    {
        string lines = Inspection.GoodLines(60);
        var billed = (await Inspection.OfAsync(lines)).Tokens!.Billed;
        var limits = new InspectionLimits { TokensOfAzure = billed.Low + more };

        Assert.Equal(code is null ? [] : [code], await CodesAsync(limits));
        Assert.Empty(await CodesAsync(limits with { TokensOfAzure = billed.High }));

        async Task<IEnumerable<string>> CodesAsync(InspectionLimits limits) => (await Inspection.Inspector(limits, provider).InspectAsync(
            "data.jsonl", new MemoryStream(Encoding.UTF8.GetBytes(lines)), Inspection.Spec, TestContext.Current.CancellationToken)).Problems.Select(problem => problem.Code);
    }

    [Fact]
    public async Task InspectAsync_NamesTheLine_WhenASystemMessageIsAnotherThanTheFirst()
    {
        string system = "{\"messages\": [{\"role\": \"system\", \"content\": \"Be kind.\"}, ";
        string lines = Inspection.GoodLines(12_000).Replace("{\"messages\": [", system, StringComparison.Ordinal);
        string[] changed = lines.Split('\n');
        changed[10_000] = changed[10_000].Replace("kind.", "kind", StringComparison.Ordinal);

        Assert.False((await Inspection.OfAsync(lines)).Has(DatasetWideRules.SystemDiffers));
        var problem = Assert.Single((await Inspection.OfAsync(string.Join('\n', changed))).Problems);
        Assert.Equal((DatasetWideRules.SystemDiffers.Code, true), (problem.Code, problem.Message.Contains("line 10001 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task InspectAsync_SaysThatNobodyLookedAtTheImages_WhenThereAreSome()
    {
        string line = """{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://lumo.example/a.png"}}]}, {"role": "assistant", "content": "A lamp"}]}""";

        Assert.True((await Inspection.OfAsync(line, BadLines.Spec)).Has(PartRules.ImagesUnseen));
        Assert.False((await Inspection.OfAsync(Inspection.GoodLine, BadLines.Spec)).Has(PartRules.ImagesUnseen));
    }

    [Fact]
    public async Task InspectAsync_NamesTheLeak_WhenAValidationExampleIsInTraining()
    {
        var training = new ExampleIndex();
        await PartAsync(Inspection.GoodLines(60), DatasetRole.Training, training);

        var report = await PartAsync(Inspection.GoodLine + "\n" + Inspection.GoodLines(2).Split('\n')[1], DatasetRole.Validation, training);

        var problem = Assert.Single(report.Problems);
        Assert.Equal((DatasetWideRules.Leaked.Code, 2), (problem.Code, problem.Line));
        Assert.Contains("line 2;", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_SaysHowFarRepeatsWereLookedFor_WhenThereAreMoreExamplesThanAreRemembered()
    {
        string lines = Inspection.GoodLines(60);

        var report = await PartAsync(lines + lines, DatasetRole.Training, new ExampleIndex(50));

        Assert.True(report.Has(DatasetWideRules.RepeatsNotSearched));
        Assert.Equal(50, report.ProblemCounts.Single(count => count.Code == DatasetWideRules.RepeatedExample.Code).Count);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(59, true)]
    public async Task InspectAsync_SaysHowFarLeaksWereLookedFor_WhenTrainingHasMoreExamplesThanAreRemembered(int remembered, bool isSaid)
    {
        var training = new ExampleIndex(remembered);
        await PartAsync(Inspection.GoodLines(60), DatasetRole.Training, training);

        var report = await PartAsync(Inspection.GoodLine, DatasetRole.Validation, training);

        Assert.Equal(isSaid, report.Problems.Any(problem => problem.Message.Contains("with the first 59 only", StringComparison.Ordinal)));
    }

    private static Task<FineTune.Datasets.Reports.DatasetReport> PartAsync(string text, DatasetRole role, ExampleIndex training)
        => Inspection.Inspector().InspectAsync(
            "data.jsonl", new MemoryStream(Encoding.UTF8.GetBytes(text)), Inspection.Spec, role, training, TestContext.Current.CancellationToken);
}
