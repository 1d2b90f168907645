namespace FineTune.Datasets.Counting;

/// <summary>The tokens of a preference as the model sees them.</summary>
/// <param name="Prompt">What both sides begin with.</param>
/// <param name="Preferred">The prompt and the better answer.</param>
/// <param name="Other">The prompt and the worse one.</param>
internal readonly record struct PreferenceSides(Interval<long> Prompt, Interval<long> Preferred, Interval<long> Other);
