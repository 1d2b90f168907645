using System.Text;
using System.Text.Json;
using FineTune.Datasets;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Rules;
using FineTune.Tokens;

namespace FineTune.Core.Tests.Datasets;

public sealed class CountingTests
{
    private static readonly TokenEncoding O200k = TokenEncoding.O200kBase;

    [Fact]
    public async Task InspectAsync_CountsAsTheCookbookDoes_WhenExampleIsText()
    {
        string line = """{"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "name": "Ann", "content": "Gr\u00fc\u00dfe \ud83d\udc4b\n"}, {"role": "assistant", "content": "Hello!"}]}""";
        int expected = 3 + (3 + Count("system") + Count("Be kind.")) + (3 + Count("user") + 1 + Count("Ann") + Count("Grüße 👋\n"))
            + (3 + Count("assistant") + Count("Hello!"));

        var report = await Inspection.OfAsync(line);

        Assert.Equal(new Interval<long>(expected, expected), report.Tokens!.Dataset);
        Assert.Equal((expected, 1), (report.Tokens.Longest, report.Tokens.LongestLine));
        Assert.Equal((1, 3L), (report.Examples, report.Messages));
    }

    [Fact]
    public async Task InspectAsync_SaysNothingOfTokensAndPrice_WhenNoExampleIsOfTheWantedFormat()
    {
        var report = await Inspection.OfAsync("""{"question": "Why?", "answer": "Because."}""");

        Assert.Equal((1, null, null), (report.Examples, report.Tokens, report.Price));
    }

    [Fact]
    public async Task InspectAsync_GivesAnInterval_WhenExampleHasTools()
    {
        string tools = """[{"type": "function", "function": {"name": "find", "description": "Finds things.", "parameters": {"type": "object", "properties": {"what": {"type": "string"}}}}}]""";
        string line = Inspection.GoodLine[..^1] + ", \"tools\": " + tools + "}";

        var with = await Inspection.OfAsync(line);
        var without = await Inspection.OfAsync(Inspection.GoodLine);

        Assert.Equal(without.Tokens!.Dataset.Low + Count("find") + Count("Finds things."), with.Tokens!.Dataset.Low);
        Assert.Equal(without.Tokens.Dataset.High + Count(tools), with.Tokens.Dataset.High);
    }

    [Theory]
    [InlineData("low", 85, 85)]
    [InlineData("high", 85, 1445)]
    public async Task InspectAsync_GivesAnInterval_WhenExampleHasImages(string detail, int low, int high)
    {
        string image = $$"""{"type": "image_url", "image_url": {"url": "https://lumo.example/a.png", "detail": "{{detail}}" } }""";
        string line = $$"""{"messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}, {{image}}]}, {"role": "assistant", "content": "Hello"}]}""";

        var report = await Inspection.OfAsync(line, Inspection.Spec with { Model = "gpt-4.1" });
        var without = await Inspection.OfAsync(Inspection.GoodLine);

        Assert.Equal(new Interval<long>(without.Tokens!.Dataset.Low + low, without.Tokens.Dataset.High + high), report.Tokens!.Dataset);
    }

    [Fact]
    public async Task InspectAsync_BillsUpToTheContextTimesEpochs_WhenAnExampleIsTooLong()
    {
        string text = string.Concat(Enumerable.Repeat(" word", 5_000));
        string lines = string.Concat(Enumerable.Range(1, 60).Select(n => JsonSerializer.Serialize(new
        {
            messages = new[] { new { role = "user", content = $"{n}{text}" }, new { role = "assistant", content = "Hello" } },
        }) + "\n"));
        var spec = new FineTuneSpec { Model = "gpt-3.5-turbo-0613", Hyperparameters = new(Epochs: 2) };

        var report = await Inspection.OfAsync(lines, spec);

        long billed = 60 * 4_096 * 2;
        Assert.Equal(new Interval<long>(billed, billed), report.Tokens!.Billed);
        Assert.Equal((billed * 8 / 1_000_000m, billed * 8 / 1_000_000m), (report.Price!.Low, report.Price.High));
        var problem = report.Problems.First(problem => problem.Code == DatasetWideRules.OverContext.Code);
        Assert.Contains((report.Tokens.Longest - 4_096).ToString("N0", System.Globalization.CultureInfo.InvariantCulture), problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(20, true)]
    [InlineData(60, false)]
    public async Task InspectAsync_TellsThatSomeHaveNoSystemMessage_WhenOthersHaveOne(int with, bool told)
    {
        string lines = string.Concat(Enumerable.Range(1, 60).Select(number => Inspection.GoodLine
            .Replace("Hi", $"Hi {number}", StringComparison.Ordinal)
            .Replace("[{", number <= with ? """[{"role": "system", "content": "Be kind."}, {""" : "[{", StringComparison.Ordinal) + "\n"));

        Assert.Equal(told, (await Inspection.OfAsync(lines)).Has(DatasetWideRules.SystemSometimesMissing));
    }

    [Fact]
    public async Task InspectAsync_BillsNothing_WhenDatasetIsForValidation()
    {
        var report = await Inspection.OfAsync(Inspection.GoodLines(3), role: DatasetRole.Validation);

        Assert.True(report.Tokens!.Dataset.Low > 0);
        Assert.Equal((0, 0m), (report.Tokens.Billed.High, report.Price!.High));
    }

    [Theory]
    [InlineData(1, 24, 25)]
    [InlineData(10, 9, 10)]
    [InlineData(33, 2, 3)]
    [InlineData(500, 2, 3)]
    [InlineData(8_333, 2, 3)]
    [InlineData(12_500, 1, 2)]
    [InlineData(30_000, 1, 1)]
    public void Of_EstimatesEpochsByTheCookbooksRule_WhenNoneAreAsked(long examples, int low, int high)
        => Assert.Equal(new Interval<int>(low, high), EpochEstimate.Of(examples, asked: null));

    [Fact]
    public void Of_TakesTheEpochsAsked()
        => Assert.Equal(new Interval<int>(7, 7), EpochEstimate.Of(10, asked: 7));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Of_EstimatesTheEpochs_WhenTheNumberAskedCannotBe(int asked)
        => Assert.Equal(EpochEstimate.Of(10, asked: null), EpochEstimate.Of(10, asked));

    [Fact]
    public async Task InspectAsync_CountsWithTheModelsEncoding_WhenModelIsTuned()
    {
        string line = """{"messages": [{"role": "user", "content": "こんにちは世界、元気ですか"}, {"role": "assistant", "content": "Hello"}]}""";

        var of41 = await Inspection.OfAsync(line, Inspection.Spec with { Model = "ft:gpt-4.1-mini-2025-04-14:org::x1" });
        var of35 = await Inspection.OfAsync(line, Inspection.Spec with { Model = "gpt-3.5-turbo-0125" });

        Assert.NotEqual(of35.Tokens!.Dataset, of41.Tokens!.Dataset);
        Assert.Equal((await Inspection.OfAsync(line)).Tokens, of41.Tokens);
    }

    [Fact]
    public async Task InspectAsync_SaysTokensAreUnknown_WhenModelHasATokenizerOfItsOwn()
    {
        var report = await Inspection.OfAsync(Inspection.GoodLines(60), Inspection.Spec with { Model = "Llama-3.3-70B" });

        Assert.True(report.IsTrainable);
        Assert.Null(report.Tokens);
        Assert.Null(report.Price);
    }

    private static int Count(string text) => O200k.Count(Encoding.UTF8.GetBytes(text));
}
