namespace FineTune.Datasets.Secrets;

/// <summary>A secret found in a text; holds nothing of it.</summary>
/// <param name="At">Its first byte.</param>
/// <param name="Owner">Whose key it is, in our words; empty for other kinds.</param>
internal readonly record struct Secret(SecretKind Kind, int At, string Owner = "");
