using System.Text;

namespace FineTune.Datasets.Rules;

/// <summary>All rules as a page for people: docs/rules.md, which a test keeps current.</summary>
public static class RulesMarkdown
{
    private static readonly (string Title, IReadOnlyList<DatasetRule> Rules)[] Chapters =
    [
        ("The file", FileRules.All),
        ("The line as JSON", JsonRules.All),
        ("The dataset", DatasetWideRules.All),
        ("Messages", ChatRules.All),
        ("Content parts and images", PartRules.All),
        ("Tools", ToolRules.All),
        ("Preference examples", PreferenceRules.All),
        ("Reinforcement examples and graders", ReinforcementRules.All),
        ("Prompt and completion", CompletionRules.All),
        ("Secrets and personal data", SecretRules.All),
        ("What moderation may act on", ModerationRules.All),
        ("Settings and the model", SpecRules.All),
    ];

    public static string Text()
    {
        var text = new StringBuilder();
        text.Append(
            $"""
            # The rules

            What `finetune validate` and every run check: {DatasetRules.All.Count} rules. Written by `finetune rules --markdown`; change the rules, not this page.

            An **error** is what the provider would refuse, or train otherwise than it is written; a **warning** trains, but probably not as its
            author thinks; a **note** is worth knowing. Codes are stable. Where a sentence has `…`, the report tells the particulars; it never
            repeats training text.

            Of a JSON schema a tool declares, these keywords are checked in the calls' arguments: `type`, `enum`, `const`, `properties`, `required`,
            `additionalProperties`, `items`, `minItems`, `maxItems`, `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `minLength`,
            `maxLength`, `anyOf`, `oneOf` (as `anyOf`), `allOf`. Others let everything pass.

            Examples are compared with the first 1,000,000 of their dataset, in at most 66 MB. Nearly the same are two that share most of their word
            groups: the sixteen bytes from the beginning of each word on, whatever their case, the system's words left out. Pairs that share nine
            tenths are found nearly nine times in ten (one-permutation MinHash, 32 figures of four bits, four bands), identical texts always, pairs
            that share less than two thirds hardly ever. Texts of fewer than 40 words are found when they differ in upper and lower case only.

            For moderation there is a pre-screen, no verdict: a short list of blatant English phrases, whole words whatever their case, one finding an
            example. It has no single words and no slurs, so that texts of law, medicine or news pass. What is subtle or in another language, the
            provider alone finds.


            """.ReplaceLineEndings("\n"));
        foreach (var (title, rules) in Chapters)
        {
            text.Append($"## {title}\n\n| code | severity | what | fix | source |\n|---|---|---|---|---|\n");
            foreach (var rule in rules)
            {
                text.Append($"| `{rule.Code}` | {rule.Severity.ToString().ToLowerInvariant()} | {Cell(rule.Pattern)} | {Cell(rule.Fix)} | {Cell(rule.Source)} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    // Braces and pipes mean something in tables, angle brackets in HTML.
    private static string Cell(string text)
        => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
