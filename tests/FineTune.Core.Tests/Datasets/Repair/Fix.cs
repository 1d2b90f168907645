using System.Text;
using FineTune.Datasets;
using FineTune.Datasets.Repair;

namespace FineTune.Core.Tests.Datasets.Repair;

/// <summary>Runs <c>fix</c> on bytes.</summary>
internal static class Fix
{
    public static async Task<(string Text, RepairReport Report)> OfAsync(byte[] bytes, InspectionLimits? limits = null)
    {
        using MemoryStream output = new();
        var report = await new DatasetRepair(limits).RunAsync(new MemoryStream(bytes), output, CancellationToken.None);
        return (Encoding.Latin1.GetString(output.ToArray()), report);
    }

    /// <summary>Of text in UTF-8, both ways.</summary>
    public static async Task<(string Text, RepairReport Report)> OfAsync(string text, InspectionLimits? limits = null)
    {
        var (fixedText, report) = await OfAsync(Encoding.UTF8.GetBytes(text), limits);
        return (Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(fixedText)), report);
    }

    public static (string Text, RepairReport Report) Of(string text) => OfAsync(text).GetAwaiter().GetResult();
}
