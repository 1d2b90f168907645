using System.Text;
using FineTune.Datasets;
using FineTune.Datasets.Conversion;

namespace FineTune.Core.Tests.Datasets.Conversion;

/// <summary>Runs <c>convert</c> on text and bytes.</summary>
internal static class Converted
{
    public static Task<(string[] Lines, ConvertReport Report)> OfAsync(string text, ConvertOptions options, InspectionLimits? limits = null)
        => OfAsync(Encoding.UTF8.GetBytes(text), options, limits);

    public static async Task<(string[] Lines, ConvertReport Report)> OfAsync(byte[] bytes, ConvertOptions options, InspectionLimits? limits = null)
    {
        using MemoryStream output = new();
        var report = await new DatasetConvert(options, limits).RunAsync(new MemoryStream(bytes), output, CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries), report);
    }

    public static string[] Of(string text, ConvertOptions options) => OfAsync(text, options).GetAwaiter().GetResult().Lines;
}
