namespace FineTune.Hosting;

/// <summary>How we show the provider who we are.</summary>
public enum ProviderAuthentication
{
    /// <summary>A key, sent as bearer token.</summary>
    ApiKey,

    /// <summary>Microsoft Entra, through <c>DefaultAzureCredential</c>; Azure OpenAI only.</summary>
    Entra,
}
