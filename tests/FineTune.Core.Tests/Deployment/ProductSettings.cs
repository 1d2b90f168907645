using FineTune.Hosting;

namespace FineTune.Core.Tests.Deployment;

/// <summary>Which names of settings, as environment variables, the product's options bind.</summary>
internal static class ProductSettings
{
    private static readonly (string Prefix, Type Options)[] Sections =
        [(PrefixOf(ProviderOptions.Section), typeof(ProviderOptions)), (PrefixOf(FineTuneOptions.Section), typeof(FineTuneOptions))];

    public static bool IsBound(string variable)
    {
        (string prefix, Type options) = Array.Find(Sections, section => variable.StartsWith(section.Prefix, StringComparison.Ordinal));
        return options is not null && options.GetProperty(variable[prefix.Length..].Split("__")[0]) is not null;
    }

    private static string PrefixOf(string section) => section.Replace(":", "__", StringComparison.Ordinal) + "__";
}
