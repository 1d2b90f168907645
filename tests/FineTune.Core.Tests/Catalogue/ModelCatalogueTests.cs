using System.Text;
using FineTune.Catalogue;
using FineTune.Tokens;

namespace FineTune.Core.Tests.Catalogue;

public sealed class ModelCatalogueTests
{
    [Theory]
    [InlineData("gpt-4.1-mini-2025-04-14", "gpt-4.1-mini-2025-04-14")]
    [InlineData("gpt-4.1-mini", "gpt-4.1-mini-2025-04-14")]
    [InlineData("GPT-4.1-Mini", "gpt-4.1-mini-2025-04-14")]
    [InlineData("ft:gpt-4.1-2025-04-14:org:suffix:abc", "gpt-4.1-2025-04-14")]
    [InlineData("ft:gpt-4o-mini:openai::7p4lURel", "gpt-4o-mini-2024-07-18")]
    [InlineData("gpt-4o-2024-08-06.ft-0e208cf33a6a466994aff31a08aba678", "gpt-4o-2024-08-06")]
    public void Find_KnowsTheBaseModel_WhateverTheNamesForm(string name, string expected)
        => Assert.Equal(expected, ModelCatalogue.BuiltIn.Find(name)?.Name);

    [Theory]
    [InlineData("gpt-4.1-maxi")]
    [InlineData("ft:")]
    [InlineData("")]
    public void Find_KnowsNothing_WhenTheModelIsUnknown(string name)
        => Assert.Null(ModelCatalogue.BuiltIn.Find(name));

    [Fact]
    public void BuiltIn_AgreesWithTheTokenCounterOnEveryEncoding()
        => Assert.All(
            ModelCatalogue.BuiltIn.Models.Where(model => model.Encoding is not null),
            model => Assert.Equal(model.Encoding, ModelEncodings.Find(model.Name)?.Name));

    [Fact]
    public void BuiltIn_UsesNoNameTwice()
    {
        var names = ModelCatalogue.BuiltIn.Models.SelectMany(model => (IEnumerable<string>)[model.Name, .. model.Aliases]).ToArray();

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void OverriddenBy_ReplacesAndAddsModels_WhenFileNamesThem()
    {
        var catalogue = Override(
            """
            {
              // our own contract
              "asOf": "2027-02-03", "currency": "USD",
              "models": [
                { "name": "gpt-4.1-mini-2025-04-14", "encoding": "o200k_base", "trainingContext": 65536, "pricePerMillionTokens": 2.5, "methods": ["supervised"] },
                { "name": "house-model-1", "methods": ["supervised"] },
              ]
            }
            """);

        Assert.Equal(2.5m, catalogue.Find("gpt-4.1-mini-2025-04-14")!.PricePerMillionTokens);
        Assert.Empty(catalogue.Find("house-model-1")!.Providers);
        Assert.NotNull(catalogue.Find("gpt-4.1"));
        Assert.Equal(new DateOnly(2027, 2, 3), catalogue.AsOf);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"asOf": "2027-02-03", "currency": "USD", "models": [{"nmae": "x"}]}""")]
    [InlineData("""{"asOf": "2027-02-03", "currency": "EUR", "models": []}""")]
    public void OverriddenBy_NamesTheFile_WhenItIsNoCatalogue(string text)
        => Assert.Contains("mine.json", Assert.Throws<InvalidDataException>(() => Override(text)).Message, StringComparison.Ordinal);

    private static ModelCatalogue Override(string json)
        => ModelCatalogue.BuiltIn.OverriddenBy(new MemoryStream(Encoding.UTF8.GetBytes(json)), "mine.json");
}
