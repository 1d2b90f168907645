using System.CommandLine;

namespace FineTune.Local.Cli;

/// <summary>An option that says how many of something are shown; not less than none.</summary>
internal static class CountOption
{
    public static Option<int> Create(string name, string description, int standard)
    {
        Option<int> option = new(name) { Description = description, HelpName = "count", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError($"{name} is '{result.Tokens[0].Value}'; expected 0 or more.");
            }
        });
        return option;
    }
}
