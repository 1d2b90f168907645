namespace FineTune.Catalogue;

/// <summary>The catalogue as it is written in <c>models.json</c> and in an override file.</summary>
/// <param name="AsOf">The day the facts were checked.</param>
/// <param name="Currency">Of every price, as ISO 4217.</param>
internal sealed record CatalogueFile(DateOnly AsOf, string Currency, IReadOnlyList<ModelFacts> Models);
