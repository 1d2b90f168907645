using FineTune.Webhooks;
using Microsoft.Extensions.Options;

namespace FineTune.Hosting;

/// <summary>What the webhook settings must agree on; a secret is never repeated.</summary>
internal sealed class WebhookOptionsRules : IValidateOptions<FineTuneOptions>
{
    private const string Section = $"{FineTuneOptions.Section}:{nameof(FineTuneOptions.Webhooks)}";

    public ValidateOptionsResult Validate(string? name, FineTuneOptions options)
    {
        string[] problems = [.. Problems(options.Webhooks)];
        return problems.Length > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Problems(WebhookOptions options)
    {
        if (options.ProviderSecrets.Concat(options.Secrets).Any(secret => !WebhookSignature.IsSecret(secret)))
        {
            yield return $"A secret in {Section} is not of the form whsec_ and base64 of at least 16 bytes. Copy it again from where it was handed out.";
        }

        if (options.Url is not { } url)
        {
            yield break;
        }

        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            yield return $"{Section}:Url must be an absolute https address; plain http only on this machine.";
        }
        else if (!options.AllowedHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{Section}:Url leads to '{url.Host}', which is not in {Section}:AllowedHosts. Add it there if that is where results may go.";
        }

        if (options.Secrets.Count == 0)
        {
            yield return $"{Section}:Secrets is empty: whoever is told could not know that it is us. Set one, whsec_ and base64.";
        }
    }
}
