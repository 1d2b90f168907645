using FineTune.Catalogue;

namespace FineTune.Core.Tests.Catalogue;

/// <summary>Dates and defaults go by it: an address that is taken for a provider's must be one of the provider's.</summary>
public sealed class ProviderNameTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1/", ProviderName.OpenAi)]
    [InlineData("https://eu.api.openai.com/v1/", ProviderName.OpenAi)]
    [InlineData("https://acme.openai.azure.com/openai/v1/", ProviderName.Azure)]
    [InlineData("https://acme.services.ai.azure.com/openai/v1/", ProviderName.Azure)]
    [InlineData("https://notazure.com/v1/", ProviderName.Other)]
    [InlineData("https://api.openai.com.example.org/v1/", ProviderName.Other)]
    [InlineData("http://127.0.0.1:4010/v1/", ProviderName.Other)]
    public void Of_GoesByTheHost(string endpoint, string expected) => Assert.Equal(expected, ProviderName.Of(new Uri(endpoint)));
}
