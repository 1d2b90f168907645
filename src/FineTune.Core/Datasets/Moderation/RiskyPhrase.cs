namespace FineTune.Datasets.Moderation;

/// <summary>Words in a row that a classifier is likely to act on.</summary>
/// <param name="Text">ASCII, in small letters, words parted by single spaces; found as whole words whatever their case.</param>
/// <param name="Category">As the provider calls it.</param>
internal sealed record RiskyPhrase(string Text, string Category);
