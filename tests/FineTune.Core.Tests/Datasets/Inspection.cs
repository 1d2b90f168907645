using System.Text;
using FineTune.Catalogue;
using FineTune.Datasets;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

/// <summary>Inspects bytes and texts with a fixed date, in the way the tests mean unless they say otherwise.</summary>
internal static class Inspection
{
    public const string GoodLine = """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}""";

    public static readonly FineTuneSpec Spec = new() { Model = "gpt-4.1-mini-2025-04-14" };

    public static DatasetInspector Inspector(InspectionLimits? limits = null, string provider = ProviderName.OpenAi)
        => new(ModelCatalogue.BuiltIn, new FixedTime(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)), limits, provider);

    public static Task<DatasetReport> OfAsync(string text, FineTuneSpec? spec = null, DatasetRole role = DatasetRole.Training)
        => OfAsync(Encoding.UTF8.GetBytes(text), spec, role);

    public static Task<DatasetReport> OfAsync(byte[] bytes, FineTuneSpec? spec = null, DatasetRole role = DatasetRole.Training)
        => Inspector().InspectAsync("data.jsonl", new MemoryStream(bytes), spec ?? Spec, role, TestContext.Current.CancellationToken);

    /// <summary>As many different good examples as asked for, a line each.</summary>
    public static string GoodLines(int count)
        => string.Concat(Enumerable.Range(1, count).Select(number => GoodLine.Replace("Hi", $"Hi {number}", StringComparison.Ordinal) + "\n"));

    public static bool Has(this DatasetReport report, DatasetRule rule) => report.ProblemCounts.Any(count => count.Code == rule.Code);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
