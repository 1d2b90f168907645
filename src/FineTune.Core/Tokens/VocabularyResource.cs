namespace FineTune.Tokens;

/// <summary>Reads the data files of <c>Vocabularies/</c>, which travel inside the assembly.</summary>
internal static class VocabularyResource
{
    public static byte[] Read(string name)
    {
        string resource = $"FineTune.Tokens.{name}.bin";
        using var stream = typeof(VocabularyResource).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource '{resource}'; the build must embed Tokens/Vocabularies/*.bin.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
