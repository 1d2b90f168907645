using System.Globalization;
using FineTune.Datasets.Counting;

namespace FineTune.Datasets.Reports.Html;

/// <summary>Bar charts as inline SVG, each bar with its figures as a tooltip and for screen readers.</summary>
internal static class HtmlCharts
{
    private const int Width = 360;
    private const int Height = 150;
    private const int Top = 18;
    private const int Left = 4;

    /// <param name="limit">A figure to be marked: what the model trains on at most.</param>
    public static void AddHistogram(HtmlPage page, string title, string unit, IReadOnlyList<HistogramBar> bars, long? limit)
    {
        if (bars.Count == 0)
        {
            return;
        }

        long most = bars.Max(bar => bar.Examples);
        double step = (Width - (2.0 * Left)) / bars.Count;
        page.Add($"<figure>\n<figcaption>{title}</figcaption>\n<svg viewBox=\"0 0 {Width} {Height + Top + 24}\" role=\"img\" aria-label=\"{title}: a histogram of examples\">\n");
        for (int index = 0; index < bars.Count; index++)
        {
            AddBar(page, bars[index], unit, Left + (index * step), step, most, isOver: bars[index].From > limit);
            AddTick(page, bars, index, Left + (index * step), step);
        }

        page.Add($"<line class=\"axis\" x1=\"0\" x2=\"{Width}\" y1=\"{Top + Height}\" y2=\"{Top + Height}\"/>\n</svg>\n</figure>\n");
    }

    public static void AddRoles(HtmlPage page, IReadOnlyList<RoleShare> roles)
    {
        if (roles.Count == 0)
        {
            return;
        }

        const int Row = 34;
        const int Label = 76;
        double mostMessages = Math.Max(1, roles.Max(role => role.Messages));
        double mostTokens = Math.Max(1, roles.Max(role => role.Tokens));
        page.Add($"<figure>\n<figcaption>Who speaks <span class=\"key messages\">messages</span> <span class=\"key tokens\">tokens</span></figcaption>\n<svg viewBox=\"0 0 {Width} {roles.Count * Row + 8}\" role=\"img\" aria-label=\"Messages and tokens by role\">\n");
        for (int index = 0; index < roles.Count; index++)
        {
            int y = 4 + (index * Row);
            page.Add($"<text class=\"label\" x=\"0\" y=\"{y + 17}\">{roles[index].Role}</text>\n");
            AddRow(page, "messages", roles[index].Messages, mostMessages, Label, y);
            AddRow(page, "tokens", roles[index].Tokens, mostTokens, Label, y + 13);
        }

        page.AddConstant("</svg>\n</figure>\n");
    }

    private static void AddRow(HtmlPage page, string kind, long figure, double most, int x, int y)
    {
        double width = figure / most * (Width - x - 76);
        page.Add($"<rect class=\"{kind}\" x=\"{x}\" y=\"{y}\" width=\"{width:0.#}\" height=\"11\" rx=\"2\"/><text class=\"figure\" x=\"{x + width + 6:0.#}\" y=\"{y + 10}\">{figure:N0}</text>\n");
    }

    private static void AddBar(HtmlPage page, HistogramBar bar, string unit, double x, double step, long most, bool isOver)
    {
        double height = Math.Max(bar.Examples > 0 ? 2 : 0, (double)bar.Examples / most * Height);
        double y = Top + Height - height;
        string range = bar.To is null ? $"over {bar.From - 1:N0}" : bar.From == bar.To ? $"{bar.From:N0}" : string.Create(CultureInfo.InvariantCulture, $"{bar.From:N0} to {bar.To:N0}");
        page.Add($"<rect class=\"bar{(isOver ? " over" : "")}\" x=\"{x + 1:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(1, step - 2):0.#}\" height=\"{height:0.#}\" rx=\"2\"><title>{bar.Examples:N0} examples of {range} {unit}</title></rect>\n");
        if (bar.Examples > 0 && step >= 22)
        {
            page.Add($"<text class=\"figure middle\" x=\"{x + (step / 2):0.#}\" y=\"{y - 4:0.#}\">{Short(bar.Examples)}</text>\n");
        }
    }

    // As many ticks as fit next to each other.
    private static void AddTick(HtmlPage page, IReadOnlyList<HistogramBar> bars, int index, double x, double step)
    {
        int every = (int)Math.Ceiling(40 / step);
        if (index % every == 0)
        {
            string tick = bars[index].To is { } to ? Short(to) : "more";
            page.Add($"<text class=\"tick middle\" x=\"{x + (step / 2):0.#}\" y=\"{Top + Height + 17}\">{tick}</text>\n");
        }
    }

    private static string Short(long figure) => figure switch
    {
        >= 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{figure / 1_000_000}M"),
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{figure / 1_000}k"),
        _ => figure.ToString("N0", CultureInfo.InvariantCulture),
    };
}
