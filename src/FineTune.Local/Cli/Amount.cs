using System.Globalization;

namespace FineTune.Local.Cli;

/// <summary>A number with its noun.</summary>
internal static class Amount
{
    /// <returns><c>1 example</c>, <c>1,200 examples</c>.</returns>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
