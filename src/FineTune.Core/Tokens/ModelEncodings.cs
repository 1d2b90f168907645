namespace FineTune.Tokens;

/// <summary>
/// Which encoding a model counts with. Unlike tiktoken's own table, a fine-tuned name is first reduced to the name of its
/// base: tiktoken takes <c>ft:gpt-4.1…</c> for a gpt-4 and knows no <c>ft:o4-mini…</c>.
/// </summary>
public static class ModelEncodings
{
    private const string OpenAiFineTune = "ft:";
    private const string AzureFineTune = ".ft-";

    private static readonly string[] O200k = ["gpt-4o", "chatgpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "gpt-oss", "o1", "o3", "o4"];
    private static readonly string[] Cl100k = ["gpt-4", "gpt-3.5-turbo", "gpt-35-turbo", "davinci-002", "babbage-002", "text-embedding"];

    /// <summary>The encoding of a base or fine-tuned model, or null for a name that belongs to no family known here.</summary>
    public static TokenEncoding? Find(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var family = BaseOf(model);
        return IsOneOf(O200k, "-.", family) ? TokenEncoding.O200kBase
            : IsOneOf(Cl100k, "-", family) ? TokenEncoding.Cl100kBase
            : null;
    }

    /// <summary>The encoding of a base or fine-tuned model.</summary>
    /// <exception cref="ArgumentException">The model belongs to no family known here.</exception>
    public static TokenEncoding For(string model) => Find(model) ?? throw new ArgumentException(
        $"No token encoding is known for the model '{model}'. Known are names that begin with {string.Join(", ", O200k)} (o200k_base) "
        + $"or {string.Join(", ", Cl100k)} (cl100k_base), fine-tuned or not. Check the spelling of the model's name.",
        nameof(model));

    /// <summary>The base of <c>ft:BASE:organisation:suffix:id</c> and of Azure's <c>BASE.ft-id</c>.</summary>
    private static ReadOnlySpan<char> BaseOf(ReadOnlySpan<char> model)
    {
        if (model.StartsWith(OpenAiFineTune, StringComparison.OrdinalIgnoreCase))
        {
            model = model[OpenAiFineTune.Length..];
            int colon = model.IndexOf(':');
            model = colon < 0 ? model : model[..colon];
        }

        int azure = model.IndexOf(AzureFineTune, StringComparison.OrdinalIgnoreCase);
        return azure < 0 ? model : model[..azure];
    }

    /// <summary>Whole words only, so that a new "gpt-4.9" is unknown rather than taken for a gpt-4; "gpt-5.1" is a gpt-5.</summary>
    private static bool IsOneOf(string[] families, string wordEnds, ReadOnlySpan<char> model)
    {
        foreach (string family in families)
        {
            if (model.StartsWith(family, StringComparison.OrdinalIgnoreCase)
                && (model.Length == family.Length || wordEnds.Contains(model[family.Length])))
            {
                return true;
            }
        }

        return false;
    }
}
