namespace FineTune.Core.Tests.Datasets;

public sealed class GoodLineTests
{
    public static TheoryData<string> Accepted { get; } =
    [
        Inspection.GoodLine,
        "  " + Inspection.GoodLine + "\t ",
        """{"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}""",
        """{"messages": [{"role": "developer", "content": "Be kind."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}""",
        """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "A", "weight": 0}, {"role": "user", "content": "B"}, {"role": "assistant", "content": "C", "weight": 1}]}""",
        """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "A", "weight": 1.0}]}""",
        """{"messages": [{"role": "user", "name": "Ann_2-b", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}""",
        """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": null, "refusal": "No."}]}""",
        """{"messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}, {"role": "assistant", "content": [{"type": "text", "text": "Hello"}]}]}""",
        """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]}]}""",
        """{"messages": [{"role": "user", "content": "\ud83d\udc4b \u00e9 \" \\ \/ \b\f\n\r\t"}, {"role": "assistant", "content": "👋"}]}""",
        """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{\"x\": 1}"}}]}], "tools": [{"type": "function", "function": {"name": "f", "strict": null}}], "parallel_tool_calls": false}""",
        """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}, {"id": "b", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "b", "content": ""}, {"role": "tool", "tool_call_id": "a", "content": "1"}, {"role": "assistant", "content": "Done"}], "tools": [{"type": "function", "function": {"name": "f"}}]}""",
        """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "function_call": {"name": "f", "arguments": "{}"}}, {"role": "function", "name": "f", "content": "1"}, {"role": "assistant", "content": "Done"}], "functions": [{"name": "f", "parameters": {}}]}""",
    ];

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task InspectAsync_FindsNothing_WhenTheLineIsAsTheProviderWantsIt(string line)
    {
        var report = await Inspection.OfAsync(line);

        Assert.DoesNotContain(report.Problems, problem => problem.Line is not null);
    }

    [Theory]
    [InlineData("https://lumo.example/a.png", true)]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", true)]
    [InlineData("data:image/webp;base64,UklGRg==", true)]
    [InlineData("http://lumo.example/a.png", true)]
    [InlineData("data:image/gif;base64,R0lGOD", false)]
    [InlineData("/home/ann/a.png", false)]
    public async Task InspectAsync_TakesImagesByHttpOrAsData_WhenTheModelDoes(string address, bool isAccepted)
    {
        var report = await OfImageAsync("user", $$"""{"url": "{{address}}"}""", "gpt-4.1");

        Assert.Equal(isAccepted ? [] : ["image-address"], report);
    }

    [Theory]
    [InlineData("png", 2)]
    [InlineData("png", 6)]
    [InlineData("jpeg", 3)]
    public async Task InspectAsync_TakesImagesInRedGreenAndBlue(string kind, byte colours)
    {
        string data = kind == "png" ? BadLines.Png(colours) : BadLines.Jpeg(colours);

        Assert.Empty(await OfImageAsync("user", $$"""{"url": "data:image/{{kind}};base64,{{data}}"}""", "gpt-4.1"));
    }

    [Theory]
    [InlineData("image/jpeg", "/9j/4AAQ")]
    [InlineData("image/jpeg", "/9j/4AAQ SkZJRgAB")]
    [InlineData("image/jpeg", "/9j//////////////////////////////w==")]
    [InlineData("image/png", "iVBORw0KGgoAAAANSUhEUgAA AAEAAAABCAAAAAA=")]
    public async Task InspectAsync_SaysNothingOfTheColours_WhenTheHeaderIsCutOffOrOdd(string type, string data)
        => Assert.Empty(await OfImageAsync("user", $$"""{"url": "data:{{type}};base64,{{data}}"}""", "gpt-4.1"));

    [Theory]
    [InlineData("openai", 10, false)]
    [InlineData("openai", 11, true)]
    [InlineData("azure", 64, false)]
    [InlineData("azure", 65, true)]
    public async Task InspectAsync_TakesAsManyImagesAsTheProvider(string provider, int images, bool tooMany)
    {
        string parts = string.Join(", ", Enumerable.Repeat("""{"type": "image_url", "image_url": {"url": "https://lumo.example/a.png"}}""", images));
        string line = "{\"messages\": [{\"role\": \"user\", \"content\": [" + parts + "]}, {\"role\": \"assistant\", \"content\": \"Lamps\"}]}";

        var report = await Inspection.Inspector(provider: provider).InspectAsync(
            "data.jsonl", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(line)), BadLines.Spec, TestContext.Current.CancellationToken);

        Assert.Equal(tooMany, report.Has(FineTune.Datasets.Rules.PartRules.TooManyImages));
    }

    [Theory]
    [InlineData("user", """{"url": "https://lumo.example/a.png", "detail": "huge"}""", "gpt-4.1", "image-detail")]
    [InlineData("user", "\"https://lumo.example/a.png\"", "gpt-4.1", "image-wrong")]
    [InlineData("system", """{"url": "https://lumo.example/a.png"}""", "gpt-4.1", "image-not-from-user")]
    [InlineData("user", """{"url": "https://lumo.example/a.png"}""", "gpt-4o-mini", "image-model")]
    public async Task InspectAsync_RefusesTheImage_WhenItCannotBeTrained(string role, string image, string model, string code)
        => Assert.Equal([code], (await OfImageAsync(role, image, model)).Except(["user-missing"]));

    [Fact]
    public async Task InspectAsync_CountsImages_WhenThereAreTooMany()
    {
        string part = """{"type": "image_url", "image_url": {"url": "https://lumo.example/a.png"}}""";
        string parts = string.Join(", ", Enumerable.Repeat(part, 11));
        string line = $$"""{"messages": [{"role": "user", "content": [{{parts}}]}, {"role": "assistant", "content": "Hello"}]}""";

        var report = await Inspection.OfAsync(line, Inspection.Spec with { Model = "gpt-4.1" });

        Assert.Contains("11", Assert.Single(report.Problems, problem => problem.Code == "image-too-many").Message, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> OfImageAsync(string role, string image, string model)
    {
        string line = $$"""{"messages": [{"role": "{{role}}", "content": [{"type": "image_url", "image_url": {{image}}}]}, {"role": "assistant", "content": "Hello"}]}""";
        var report = await Inspection.OfAsync(line, Inspection.Spec with { Model = model });
        return report.Problems.Where(problem => problem.Line is not null).Select(problem => problem.Code);
    }
}
