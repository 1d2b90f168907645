namespace FineTune.Catalogue;

/// <summary>Which provider an address belongs to, as the model catalogue calls it: models close on other days at other providers.</summary>
public static class ProviderName
{
    public const string OpenAi = "openai";
    public const string Azure = "azure";

    /// <summary>No dates are known for it.</summary>
    public const string Other = "other";

    /// <summary>OpenAI has hosts for regions, such as <c>eu.api.openai.com</c>.</summary>
    public static string Of(Uri endpoint)
        => IsOf("api.openai.com", endpoint) ? OpenAi
            : IsOf("azure.com", endpoint) ? Azure
            : Other;

    private static bool IsOf(string domain, Uri endpoint)
        => endpoint.Host.Equals(domain, StringComparison.OrdinalIgnoreCase)
            || endpoint.Host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
}
