using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace FineTune.Datasets.Reports.Html;

/// <summary>
/// HTML as it is written: what stands in the string is markup, whatever is put into it is text and encoded, so that no name or message
/// can become markup. Numbers are written as in every culture.
/// </summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _html = new();

    /// <summary>Writes markup with encoded text in it.</summary>
    public void Add(Markup markup) => markup.WriteTo(_html);

    /// <summary>Writes what is known to be markup: a constant of ours.</summary>
    public void AddConstant(string markup) => _html.Append(markup);

    public override string ToString() => _html.ToString();

    /// <summary>Encodes what stands between the braces of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _html = new(literalLength + (formattedCount * 16));

        public void WriteTo(StringBuilder page) => page.Append(_html);

        public void AppendLiteral(string markup) => _html.Append(markup);

        public void AppendFormatted<T>(T value, string? format = null)
            => _html.Append(WebUtility.HtmlEncode(
                value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? ""));
    }
}
