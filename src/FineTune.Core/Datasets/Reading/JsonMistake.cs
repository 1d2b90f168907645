using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reading;

/// <summary>Why a line is no JSON, in the words of someone who has to mend it.</summary>
/// <param name="At">The byte in the line to look at.</param>
internal readonly record struct JsonMistake(DatasetRule Rule, int At);
