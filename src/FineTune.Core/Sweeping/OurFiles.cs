using FineTune.Workflows;

namespace FineTune.Sweeping;

/// <summary>Tells our files at the provider by their names, which are made of a run's key.</summary>
internal static class OurFiles
{
    private const int KeyLength = 64;

    public static bool IsKey(string? text) => text?.Length == KeyLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Null when the file is not ours.</summary>
    public static string? KeyOf(string fileName)
        => fileName.Length > KeyLength && fileName[..KeyLength] is var key && IsKey(key)
            && (fileName == UploadName.Training(key) || fileName == UploadName.Validation(key)) ? key : null;
}
