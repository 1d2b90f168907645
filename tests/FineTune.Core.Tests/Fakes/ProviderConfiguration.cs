using FineTune.Hosting;
using Microsoft.Extensions.Configuration;

namespace FineTune.Core.Tests.Fakes;

/// <summary>The settings that make these options, for those who read single ones.</summary>
internal static class ProviderConfiguration
{
    public static IConfiguration ToConfiguration(this ProviderOptions provider) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { [$"{ProviderOptions.Section}:Endpoint"] = provider.Endpoint?.AbsoluteUri })
        .Build();
}
