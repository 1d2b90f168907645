using System.Text;
using FineTune.Datasets.Repair;

namespace FineTune.Core.Tests.Datasets.Repair;

public sealed class RepairDiffTests
{
    private const string A = """{"prompt": "a", "completion": "b"}""";

    [Theory]
    [InlineData(A + "\n" + A + ",\n", "@@ -2 +2 @@ json-trailing-comma", "-" + A + ",", "+" + A)]
    [InlineData(A + "\n\n" + A + "\n", "@@ -2 +0,0 @@ line-blank", "-")]
    [InlineData("[" + A + ",\n" + A + "]", "@@ -1 +1 @@ json-array", "-[" + A + ",", "+" + A, "@@ -2 +2 @@ json-array", "-" + A + "]", "+" + A)]
    [InlineData("{\"a\": \"\u001b[2J\", \"b\": True}\n", "@@ -1 +1 @@ json-control-character, json-wrong-literal", "-{\"a\": \"␛[2J\", \"b\": True}", "+{\"a\": \"\\u001b[2J\", \"b\": true}")]
    [InlineData(A + "\r\n" + A + "\r\n")]
    [InlineData(A + "\n")]
    public async Task ReadAsync_ShowsEachChangedLine_BeforeAndAfter(string wrong, params string[] diff)
        => Assert.Equal(diff, await DiffAsync(Encoding.UTF8.GetBytes(wrong)));

    [Fact]
    public async Task ReadAsync_ShowsWhatDiffers_AndALittleAroundIt_WhenTheLineIsLong()
    {
        string filling = string.Concat(Enumerable.Repeat("👋", 500));
        string line = $$"""{"messages": [{"role": "User", "content": "{{filling}}"}]}""";

        var diff = await DiffAsync(Encoding.UTF8.GetBytes(line + "\n"));

        Assert.Equal("@@ -1 +1 @@ role-unknown", diff[0]);
        Assert.StartsWith("""-{"messages": [{"role": "User", "content": "👋""", diff[1], StringComparison.Ordinal);
        Assert.StartsWith("""+{"messages": [{"role": "user", "content": "👋""", diff[2], StringComparison.Ordinal);
        Assert.All(diff.Skip(1), shown => Assert.True(shown.Length < 200 && shown.EndsWith("👋…", StringComparison.Ordinal), shown));
    }

    [Fact]
    public async Task ReadAsync_ShowsTheText_WhenTheFileWasUtf16()
    {
        byte[] bytes = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(A + "\n" + A.Replace("a", "ä", StringComparison.Ordinal) + ",\n")];

        Assert.Equal(["@@ -2 +2 @@ json-trailing-comma", """-{"prompt": "ä", "completion": "b"},""", """+{"prompt": "ä", "completion": "b"}"""], await DiffAsync(bytes));
    }

    private static async Task<IReadOnlyList<string>> DiffAsync(byte[] bytes)
    {
        using MemoryStream output = new();
        RepairReport report = await new DatasetRepair().RunAsync(new MemoryStream(bytes), output, TestContext.Current.CancellationToken);
        output.Position = 0;
        return await RepairDiff.ReadAsync(new MemoryStream(bytes), output, report, most: 20, TestContext.Current.CancellationToken);
    }
}
