namespace FineTune.Datasets.Reports.Html;

/// <summary>The page's looks.</summary>
internal static class HtmlStyle
{
    public const string Sheet =
        """

        :root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --text: #1d2530; --soft: #5b6675; --line: #dde2e8;
          --bar: #3b6fd4; --bar2: #8fb0ee; --error: #b3261e; --error-back: #fdecea; --warning: #8a5a00; --warning-back: #fff4dc;
          --note: #44546a; --note-back: #e9eef5; --good: #1b6b3a; --good-back: #e5f5eb; }
        @media (prefers-color-scheme: dark) {
          :root { --back: #12161c; --card: #1b2129; --text: #e6eaf0; --soft: #9aa6b5; --line: #303945;
            --bar: #6d9bf5; --bar2: #38568f; --error: #ff9d94; --error-back: #47201d; --warning: #f3c668; --warning-back: #41331a;
            --note: #b4c2d4; --note-back: #2a3441; --good: #83d6a3; --good-back: #19392a; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 48px; }
        h1 { margin: 0 0 12px; font-size: 26px; line-height: 1.25; overflow-wrap: anywhere; }
        h2 { margin: 36px 0 12px; font-size: 18px; }
        code, pre { font: 13px/1.5 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        .kind { margin: 0 0 2px; color: var(--soft); }
        .verdict { margin: 0; padding: 10px 14px; border-radius: 8px; font-weight: 600; }
        .verdict.good, .chip.good { background: var(--good-back); color: var(--good); }
        .verdict.warning, .chip.warning { background: var(--warning-back); color: var(--warning); }
        .verdict.error, .chip.error { background: var(--error-back); color: var(--error); }
        .chip.note { background: var(--note-back); color: var(--note); }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px; margin: 20px 0 12px; }
        .figures > div, figure, details, table { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
        .figures > div { padding: 12px 16px; }
        .figures dt { color: var(--soft); }
        .figures dd { margin: 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
        .figures dd.more { font-size: 13px; font-weight: 400; color: var(--soft); }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 12px; align-items: start; }
        figure { margin: 0; padding: 12px 16px; }
        figcaption { font-weight: 600; margin-bottom: 8px; }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
        svg text.label { fill: var(--text); font-size: 13px; }
        svg text.middle { text-anchor: middle; }
        .bar, rect.messages { fill: var(--bar); }
        rect.tokens { fill: var(--bar2); }
        .bar.over { fill: var(--error); }
        .axis { stroke: var(--line); }
        .key { margin-left: 10px; font-weight: 400; font-size: 13px; color: var(--soft); }
        .key::before { content: ""; display: inline-block; width: 10px; height: 10px; margin-right: 5px; border-radius: 2px; background: var(--bar); }
        .key.tokens::before { background: var(--bar2); }
        details { margin: 0 0 8px; padding: 10px 16px; }
        summary { cursor: pointer; }
        .chip { display: inline-block; min-width: 66px; padding: 1px 8px; border-radius: 999px; text-align: center; font-size: 13px; font-weight: 600; }
        .count { float: right; color: var(--soft); font-variant-numeric: tabular-nums; }
        .fix { margin: 10px 0 4px; }
        ol { margin: 0; padding-left: 28px; }
        li { margin: 4px 0; overflow-wrap: anywhere; }
        li::marker { color: var(--soft); }
        .place { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
        pre { margin: 4px 0 8px; padding: 8px 10px; background: var(--back); border-radius: 6px; white-space: pre-wrap; }
        .rest, .none, footer { color: var(--soft); }
        .rest { margin: 4px 0 0; }
        table { width: 100%; border-collapse: separate; border-spacing: 0; }
        th, td { padding: 6px 16px; text-align: right; font-variant-numeric: tabular-nums; border-bottom: 1px solid var(--line); }
        th:last-child, td:last-child { text-align: left; }
        tbody tr:last-child td { border-bottom: 0; }
        footer { margin-top: 36px; font-size: 13px; }
        @media print { body { background: none; } details { break-inside: avoid; } }

        """;
}
