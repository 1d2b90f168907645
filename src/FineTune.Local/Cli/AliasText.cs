using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary>An alias in a sentence, and its history in a line for each change.</summary>
internal static class AliasText
{
    public static string Of(AliasView alias) => alias.Held
        ? $"{alias.Alias} means {alias.ModelId}, also when later runs succeed. To let them move it again: {ProgramName.Text} promote {alias.Alias}"
        : $"{alias.Alias} means {alias.ModelId}, until a later run for it succeeds.";

    public static IEnumerable<string> History(AliasView alias) => alias.History.Select(
        change => $"  {change.At.ToLocalTime():yyyy-MM-dd HH:mm}  {change.By,-24} {change.From ?? "(nothing)"} -> {change.To}{(change.Held ? "  held" : "")}");
}
