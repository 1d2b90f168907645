using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FineTune.Hosting;

/// <summary>Refuses settings that nobody knows: with a slip in its name, a budget would be no budget.</summary>
internal sealed class KnownSettings(IConfiguration configuration) : IValidateOptions<FineTuneOptions>
{
    private static readonly Dictionary<string, Type> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        [FineTuneOptions.Section] = typeof(FineTuneOptions),
        [ProviderOptions.Section] = typeof(ProviderOptions),
        [$"{FineTuneOptions.Section}:{nameof(FineTuneOptions.Webhooks)}"] = typeof(WebhookOptions),
    };

    public ValidateOptionsResult Validate(string? name, FineTuneOptions options)
    {
        string[] problems = [.. Sections.SelectMany(section => Unknown(section.Key, section.Value))];
        return problems.Length > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> Unknown(string section, Type options)
    {
        string[] known = [.. options.GetProperties().Select(property => property.Name)];
        return configuration.GetSection(section).GetChildren()
            .Where(setting => !known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase) && !Sections.ContainsKey(setting.Path))
            .Select(setting => $"There is no setting {setting.Path}. Correct its name or remove it; {section} has {string.Join(", ", known)}.");
    }
}
