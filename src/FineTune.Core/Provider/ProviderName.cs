using FineTune.Datasets;

namespace FineTune.Provider;

/// <summary>Which provider an address belongs to, as the model catalogue calls it: models close on other days at other providers.</summary>
public static class ProviderName
{
    /// <summary>No dates are known for it.</summary>
    public const string Other = "other";

    public static string Of(Uri endpoint) => endpoint.Host switch
    {
        "api.openai.com" => DatasetInspector.OpenAi,
        var host when host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase) => DatasetInspector.Azure,
        _ => Other,
    };
}
