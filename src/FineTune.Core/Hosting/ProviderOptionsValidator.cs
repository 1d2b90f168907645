using Microsoft.Extensions.Options;

namespace FineTune.Hosting;

/// <summary>The ranges of single settings.</summary>
[OptionsValidator]
internal sealed partial class ProviderOptionsValidator : IValidateOptions<ProviderOptions>;

/// <summary>What settings must agree on with each other, and where a key may be sent.</summary>
internal sealed class ProviderOptionsRules : IValidateOptions<ProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, ProviderOptions options)
    {
        string[] problems = [.. Problems(options)];
        return problems.Length > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Problems(ProviderOptions options)
    {
        if (options.Endpoint is not { IsAbsoluteUri: true } endpoint)
        {
            yield return $"{ProviderOptions.Section}:Endpoint must be an absolute address such as https://api.openai.com/v1/.";
        }
        else if (endpoint.Scheme != Uri.UriSchemeHttps && !(endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback))
        {
            yield return $"{ProviderOptions.Section}:Endpoint is {endpoint.Scheme}://{endpoint.Host}: the key would travel in the clear. Use https; http only on this machine.";
        }

        if (options.Authentication is ProviderAuthentication.ApiKey && string.IsNullOrWhiteSpace(options.ApiKey))
        {
            yield return $"{ProviderOptions.Section}:ApiKey is missing. Set it, or set {ProviderOptions.Section}:Authentication to Entra for Azure OpenAI.";
        }

        if (options.QuietPeriod <= options.CallTimeout)
        {
            yield return $"{ProviderOptions.Section}:QuietPeriod is {options.QuietPeriod}, but must be longer than CallTimeout ({options.CallTimeout}): "
                + "a call that is still on its way must not be taken for one that left nothing.";
        }
    }
}
