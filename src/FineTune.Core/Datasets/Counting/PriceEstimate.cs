using FineTune.Catalogue;

namespace FineTune.Datasets.Counting;

/// <summary>What training would cost at list price.</summary>
/// <param name="Low">For the fewest epochs and tokens it may take.</param>
/// <param name="High">For the most; what a budget should be compared with.</param>
/// <param name="AsOf">The day the price was checked.</param>
public sealed record PriceEstimate(decimal Low, decimal High, string Currency, decimal PerMillionTokens, DateOnly AsOf)
{
    private const decimal Million = 1_000_000m;

    /// <summary>What so many billed tokens cost; null when the model's price is unknown or not by the token.</summary>
    public static decimal? AtListPrice(long billedTokens, ModelFacts? model)
        => model?.PricePerMillionTokens is { } price ? Math.Round(billedTokens * price / Million, 6) : null;

    /// <summary>Null when the model's price is unknown or not by the token.</summary>
    internal static PriceEstimate? Of(Interval<long> billed, ModelFacts? model, ModelCatalogue catalogue)
        => model?.PricePerMillionTokens is { } price
            ? new PriceEstimate(
                Math.Round(billed.Low * price / Million, 6), Math.Round(billed.High * price / Million, 6), catalogue.Currency, price, catalogue.AsOf)
            : null;
}
