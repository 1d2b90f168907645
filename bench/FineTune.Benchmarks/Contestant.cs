namespace FineTune.Benchmarks;

/// <summary>Another tokenizer that counts the same texts.</summary>
internal abstract class Contestant(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>Counts all texts once.</summary>
    public abstract Round Run();

    public virtual void Dispose()
    {
    }

    /// <summary>All there are on this machine.</summary>
    public static Contestant[] All(string encoding, byte[][] texts, string frames) =>
    [
        new NodeTokenizer("gpt-tokenizer", encoding, frames), new NodeTokenizer("tiktoken", encoding, frames),
#if AZURE_PACKAGES
        new MicrosoftTokenizer(encoding, texts),
#endif
    ];
}
