using System.CommandLine;
using System.Globalization;

namespace FineTune.Local.Cli;

/// <summary>An option with a number in it, written with a point: the parser's own reading takes 0,9 for 9, and accepts infinity.</summary>
internal static class NumberOption
{
    public static Option<double?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            {
                return number;
            }

            result.AddError($"{name} is '{text}'; expected a number, such as 0.5.");
            return null;
        },
    };
}
