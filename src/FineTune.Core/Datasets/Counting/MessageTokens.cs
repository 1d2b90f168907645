using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Counting;

/// <summary>Where in an example's tokens a message begins.</summary>
/// <param name="Before">All that comes before it.</param>
internal readonly record struct MessageTokens(JsonValue Message, ChatRole Role, Interval<long> Before);
