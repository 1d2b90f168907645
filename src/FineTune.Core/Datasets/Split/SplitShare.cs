using System.Globalization;

namespace FineTune.Datasets.Split;

/// <summary>How many examples one side gets: a part of all (0.1) or so many (200).</summary>
public readonly record struct SplitShare(double Amount)
{
    public static readonly SplitShare None;

    public bool IsNone => Amount <= 0;

    /// <summary>Of so many examples in all.</summary>
    public double Of(int examples) => Amount < 1 ? Amount * examples : Amount;

    /// <summary>Reads 0, a fraction below 1, or a whole number.</summary>
    public static bool TryParse(string? text, out SplitShare share)
    {
        bool isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount);
        share = new SplitShare(amount);
        return isNumber && (amount < 1 || (amount == Math.Floor(amount) && amount <= int.MaxValue));
    }
}
