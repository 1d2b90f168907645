namespace FineTune.Hosting;

/// <summary>Who wakes us, and whom we tell. Secrets are <c>whsec_</c> and base64; two at once while one is being replaced.</summary>
public sealed class WebhookOptions
{
    /// <summary>The provider's, under which its webhooks are verified. The default is none: then none are taken.</summary>
    public IList<string> ProviderSecrets { get; } = [];

    /// <summary>Told of every run that ends. The default is nobody.</summary>
    public Uri? Url { get; set; }

    /// <summary>Under which what we tell is signed, once under each.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>
    /// Where <see cref="Url"/> may lead: host names, which may only mean public addresses, and addresses, which may be private. The default is
    /// nowhere.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];
}
