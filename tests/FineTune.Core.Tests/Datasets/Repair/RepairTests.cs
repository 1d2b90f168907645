using System.Text;
using FineTune.Datasets;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Repair;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets.Repair;

public sealed class RepairTests
{
    private const string A = """{"prompt": "a", "completion": "b"}""";
    private const string B = """{"prompt": "c", "completion": "d"}""";

    [Theory]
    [InlineData("file-bom", "\uFEFF" + A + "\n", A + "\n")]
    [InlineData("file-bom", A + "\n\uFEFF" + B + "\n", A + "\n" + B + "\n")]
    [InlineData("line-ends-crlf", A + "\r\n" + B + "\r\n", A + "\n" + B + "\n")]
    [InlineData("line-blank", A + "\n\n \t\n" + B + "\n", A + "\n" + B + "\n")]
    [InlineData("line-blank-at-end", A + "\n\n", A + "\n")]
    [InlineData("line-space-around", "  " + A + " \t\n", A + "\n")]
    [InlineData("line-end-missing", A, A + "\n")]
    [InlineData("json-trailing-comma", A + ",\n" + B + " , \n", A + "\n" + B + "\n")]
    [InlineData("json-array", "[" + A + "," + B + "]", A + "\n" + B + "\n")]
    [InlineData("json-array", "\n [\n  " + A + ",\n  " + B + ",\n]\n", A + "\n" + B + "\n")]
    [InlineData("json-over-many-lines", "{\n  \"prompt\": \"a\",\n  \"completion\": \"b\"\n}\n", "{\"prompt\": \"a\",\"completion\": \"b\"}\n")]
    [InlineData("json-over-many-lines", "{\n\"messages\": [\n{\n\"role\": \"user\"\n},\n{}]\n}\n" + A + "\n", "{\"messages\": [{\"role\": \"user\"},{}]}\n" + A + "\n")]
    [InlineData("json-two-values", A + B + "\n", A + "\n" + B + "\n")]
    [InlineData("json-two-values", A + ", " + B + ",\n", A + "\n" + B + "\n")]
    [InlineData("json-comma-before-end", """{"a": [1, 2, ], "b": {"c": 1,},}""" + "\n", """{"a": [1, 2 ], "b": {"c": 1}}""" + "\n")]
    [InlineData("json-control-character", "{\"a\": \"x\ty\u0001\"}\n", """{"a": "x\ty\u0001"}""" + "\n")]
    [InlineData("json-wrong-literal", """{"a": True, "b": [False, None], "c": "True"}""" + "\n", """{"a": true, "b": [false, null], "c": "True"}""" + "\n")]
    [InlineData("json-duplicate-key", """{"a": 1, "b": 2, "a": 1}""" + "\n", """{"a": 1, "b": 2}""" + "\n")]
    public async Task Fix_ChangesOnlyTheWriting_WhenALineIsWrittenWrongly(string code, string wrong, string right)
    {
        var (text, report) = await Fix.OfAsync(wrong);

        Assert.Equal(right, text);
        Assert.Contains(report.Repairs, repair => repair.Code == code);
        Assert.Equal(0, report.LinesLeft);
    }

    [Theory]
    [InlineData("""{"Messages": [{"Role": "User", "Content": "a"}]}""", """{"messages": [{"role": "user", "content": "a"}]}""")]
    [InlineData("""{"PROMPT": "a", "Completion": "b"}""", """{"prompt": "a", "completion": "b"}""")]
    [InlineData("""{"messages": [], "Messages": []}""", """{"messages": [], "Messages": []}""")]
    public async Task Fix_WritesKeysInLowerCase_UnlessThatOneIsThereToo(string wrong, string right)
    {
        var (text, _) = await Fix.OfAsync(wrong + "\n");
        var (again, report) = await Fix.OfAsync(text);

        Assert.Equal(right + "\n", text);
        Assert.Equal((text, 0), (again, report.Repairs.Count));
    }

    [Theory]
    [InlineData("role-unknown", """{"role": "User", "content": "a"}""", """{"role": "user", "content": "a"}""")]
    [InlineData("weight-wrong", """{"role": "assistant", "content": "a", "weight": true}""", """{"role": "assistant", "content": "a", "weight": 1}""")]
    [InlineData("weight-wrong", """{"role": "assistant", "weight": "0", "content": "a"}""", """{"role": "assistant", "weight": 0, "content": "a"}""")]
    [InlineData("weight-wrong", """{"weight": null, "role": "assistant", "content": "a"}""", """{"role": "assistant", "content": "a"}""")]
    [InlineData("weight-not-on-assistant", """{"role": "user", "content": "a", "weight": 0}""", """{"role": "user", "content": "a"}""")]
    [InlineData("tool-call-wrong", """{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": {"a": "é"}}}]}""", """{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": "{\"a\": \"é\"}"}}]}""")]
    [InlineData("image-wrong", """{"role": "user", "content": [{"type": "image_url", "image_url": "https://x/y.png"}]}""", """{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://x/y.png"}}]}""")]
    public async Task Fix_GivesTheShapeTheProviderTakes_WhenAMessageHasAnother(string code, string wrong, string right)
    {
        var (text, report) = await Fix.OfAsync("{\"messages\": [" + wrong + "]}\n");

        Assert.Equal("{\"messages\": [" + right + "]}\n", text);
        Assert.Equal(code, Assert.Single(report.Repairs).Code);
    }

    [Fact]
    public async Task Fix_WrapsTheOnlyOutput_WhenAPreferenceHasItBare()
    {
        var (text, _) = await Fix.OfAsync("""{"input": {"messages": []}, "preferred_output": {"role": "Assistant"}, "non_preferred_output": [{"role": "assistant"}]}""");

        Assert.Equal("""{"input": {"messages": []}, "preferred_output": [{"role": "assistant"}], "non_preferred_output": [{"role": "assistant"}]}""" + "\n", text);
    }

    [Theory]
    [InlineData("json-single-quotes", "{'a': 'b'}")]
    [InlineData("json-incomplete", """{"a": "b""")]
    [InlineData("json-text-after", A + " and so on")]
    [InlineData("line-not-object", "\"text\"")]
    [InlineData("json-invalid", """{"a": [,]}""")]
    [InlineData("json-missing-comma", "{\"a\": [1 2]}")]
    public async Task Fix_LeavesTheLine_WhenMendingWouldBeGuessing(string code, string line)
    {
        var (text, report) = await Fix.OfAsync($"{A}\n{line}\n{B}\n");

        Assert.Equal($"{A}\n{line}\n{B}\n", text);
        Assert.Equal((2, 2, code), Assert.Single(report.Left.Select(left => (left.Line, left.LineWritten, left.Code))));
        Assert.Empty(report.Repairs);
    }

    [Theory]
    [InlineData("""{"a": 1, "a": 2}""")]
    [InlineData("""{"a": 1, "a": 2, "a": 1}""")]
    [InlineData("""{"messages": [{"role": "human", "weight": 2}]}""")]
    [InlineData("""{"a": "half \ud83d an emoji"}""")]
    public async Task Fix_ChangesNothing_WhenItTakesAPersonToSayWhatIsMeant(string line)
        => Assert.Equal(line + "\n", (await Fix.OfAsync(line + "\n")).Text);

    [Fact]
    public async Task Fix_DoesNotMakeOneNumberOfTwo_WhenLinesAreJoined()
    {
        const string Broken = "{\"a\": [1\n2]}\n";

        var (text, report) = await Fix.OfAsync(Broken);

        Assert.Equal(Broken, text);
        Assert.Equal(2, report.LinesLeft);
    }

    [Fact]
    public async Task Fix_KeepsTheExamplesAfterABrokenLine_WhenItLooksLikeTheStartOfAPrettyPrintedOne()
    {
        var (text, report) = await Fix.OfAsync("{\"messages\": [\n" + A + "\n" + B + "\n");

        Assert.Equal("{\"messages\": [\n" + A + "\n" + B + "\n", text);
        Assert.Equal(1, report.LinesLeft);
    }

    public static TheoryData<string> Encodings => ["utf-16", "utf-16BE", "utf-32", "utf-32BE"];

    [Theory, MemberData(nameof(Encodings))]
    public async Task Fix_WritesUtf8_WhenTheFileIsInAnotherUnicodeEncoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"a\": \"é😀\"}\r\n" + A)];

        var (text, report) = await Fix.OfAsync(bytes);

        Assert.Equal("{\"a\": \"é😀\"}\n" + A + "\n", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)));
        Assert.Contains(report.Repairs, repair => repair.Code == "file-utf16");
    }

    [Fact]
    public async Task Fix_CopiesTheBytes_WhenALineIsInWindows1252()
    {
        byte[] line = [.. "{\"a\": \"caf"u8, 0xE9, .. "\"}\n"u8];

        var (text, report) = await Fix.OfAsync(line);

        Assert.Equal(Encoding.Latin1.GetString(line), text);
        Assert.Equal("utf8-invalid", Assert.Single(report.Left).Code);
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 })]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x3D, 0xD8 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x41 })]
    public async Task Fix_SaysWhy_WhenTheFileIsNoText(byte[] bytes)
        => await Assert.ThrowsAsync<UnreadableDatasetException>(() => Fix.OfAsync(bytes));

    [Theory]
    [InlineData("[{\"a\": 1}")]
    [InlineData("[{\"a\": 1}] more")]
    [InlineData("[[[}")]
    public async Task Fix_SaysWhere_WhenAnArrayIsBroken(string text)
        => Assert.Contains("from line 1 on", (await Assert.ThrowsAsync<UnreadableDatasetException>(() => Fix.OfAsync(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"a\": \"")]
    [InlineData("[{\"a\": \"")]
    public async Task Fix_Refuses_WhenAnExampleIsLongerThanTheCap(string start)
    {
        string text = start + new string('x', 300_000) + "\"}" + (start[0] == '[' ? "]" : "");

        var refusal = await Assert.ThrowsAsync<UnreadableDatasetException>(() => Fix.OfAsync(text, new InspectionLimits { LineBytes = 1000 }));

        Assert.Contains("longer than 1,000 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Repairs_NameTheRuleTheyCure_ButForThreeThatNoRuleAsksFor()
        => Assert.Equal(
            ["key-case", "line-end-missing", "line-space-around"],
            Repairs.All.Select(repair => repair.Code).Except(DatasetRules.All.Select(rule => rule.Code)).Order());

    [Fact]
    public async Task Report_HasPlacesAndNoText_WhateverTheFileHolds()
    {
        var (_, report) = await Fix.OfAsync("{\"canary\": \"canary\"},\n{'canary'\n");

        Assert.DoesNotContain("canary", System.Text.Json.JsonSerializer.Serialize(report, RepairJson.Default.RepairReport), StringComparison.Ordinal);
        Assert.Equal((1, 1, "json-trailing-comma"), (report.Changes[0].Line, report.Changes[0].LineWritten, report.Changes[0].Code));
    }
}
