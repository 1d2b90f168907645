namespace FineTune.Datasets.Conversion;

/// <summary>The format to convert into.</summary>
public enum ConvertTarget
{
    Chat,
    Completion,
    Preference,
}
