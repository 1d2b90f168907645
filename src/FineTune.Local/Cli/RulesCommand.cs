using System.CommandLine;
using System.Text.Json;
using FineTune.Datasets.Rules;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune rules [CODE]</c>: what is checked, for people who met a code and for the page in docs.</summary>
internal static class RulesCommand
{
    private static readonly Argument<string?> Code = new("code")
    {
        Description = "A rule's code, or how it begins; all rules without.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Markdown = new("--markdown") { Description = "Print docs/rules.md." };

    public static Command Create()
    {
        Command command = new("rules", "List what is checked in datasets, with the fix and the source.") { Code, Markdown };
        command.SetGuardedAction((parsed, _) => Task.FromResult(Run(parsed)));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(Markdown))
        {
            Console.Write(RulesMarkdown.Text());
            return ExitCode.Done;
        }

        string code = parsed.GetValue(Code) ?? "";
        DatasetRule[] rules = [.. DatasetRules.All.Where(rule => rule.Code.StartsWith(code, StringComparison.OrdinalIgnoreCase))];
        if (rules.Length == 0)
        {
            throw new InvalidRequestException($"No rule's code is, or begins with, '{code}'. All of them: {ProgramName.Text} rules.");
        }

        if (parsed.IsJson())
        {
            Console.WriteLine(JsonSerializer.Serialize([.. rules.Select(ListedRule.Of)], CliJson.Default.ListedRuleArray));
            return ExitCode.Done;
        }

        foreach (DatasetRule rule in rules)
        {
            Console.WriteLine($"{rule.Code} ({rule.Severity.ToString().ToLowerInvariant()})\n    {rule.Pattern}\n    Fix: {rule.Fix}\n    Source: {rule.Source}");
        }

        return ExitCode.Done;
    }
}
