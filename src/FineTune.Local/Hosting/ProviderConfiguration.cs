using FineTune.Hosting;

namespace FineTune.Local.Hosting;

/// <summary>Which provider this process talks to: the configured one, or the emulator in this very process where none is.</summary>
internal static class ProviderConfiguration
{
    private const string Key = $"{ProviderOptions.Section}:{nameof(ProviderOptions.ApiKey)}";
    private const string Endpoint = $"{ProviderOptions.Section}:{nameof(ProviderOptions.Endpoint)}";
    private const string Authentication = $"{ProviderOptions.Section}:{nameof(ProviderOptions.Authentication)}";

    /// <summary>The names that the provider's own tools use count, too, where ours say nothing.</summary>
    public static void AddWellKnownVariables(this ConfigurationManager configuration)
    {
        UseWhereUnset(configuration, Key, configuration["OPENAI_API_KEY"]);
        UseWhereUnset(configuration, Endpoint, configuration["OPENAI_BASE_URL"]);
    }

    public static bool NamesProvider(this IConfiguration configuration)
        => !string.IsNullOrWhiteSpace(configuration[Key])
            || string.Equals(configuration[Authentication], nameof(ProviderAuthentication.Entra), StringComparison.OrdinalIgnoreCase);

    /// <summary>The provider's address where one is named.</summary>
    public static string? FindEndpoint(this IConfiguration configuration) => configuration[Endpoint] is { Length: > 0 } endpoint ? endpoint : null;

    /// <summary>The emulator is near and fast: short calls, short waits.</summary>
    public static void UseEmulator(this ConfigurationManager configuration, Uri address)
    {
        configuration[Key] = "emu-local";
        configuration[Endpoint] = address.AbsoluteUri;
        UseWhereUnset(configuration, $"{ProviderOptions.Section}:{nameof(ProviderOptions.CallTimeout)}", "00:00:10");
        UseWhereUnset(configuration, $"{ProviderOptions.Section}:{nameof(ProviderOptions.QuietPeriod)}", "00:00:12");
        UseWhereUnset(configuration, $"{FineTuneOptions.Section}:{nameof(FineTuneOptions.PollEvery)}", "00:00:00.25");
        UseWhereUnset(configuration, $"{FineTuneOptions.Section}:{nameof(FineTuneOptions.PollAtMost)}", "00:00:02");
    }

    private static void UseWhereUnset(ConfigurationManager configuration, string key, string? value)
    {
        if (value is not null && string.IsNullOrEmpty(configuration[key]))
        {
            configuration[key] = value;
        }
    }
}
