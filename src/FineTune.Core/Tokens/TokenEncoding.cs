using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FineTune.Tokens;

/// <summary>
/// Exact token counts, identical to tiktoken's <c>encode_ordinary</c>: the text of a special token such as
/// <c>&lt;|endoftext|&gt;</c> counts as ordinary text. Thread-safe.
/// </summary>
/// <remarks>
/// A vocabulary takes about 7 MB, and each thread that counts keeps 1.2 MB of its own. After its first a call allocates nothing,
/// but for text that is not valid UTF-8.
/// </remarks>
public sealed class TokenEncoding
{
    private const int CharsOnStack = 512;

    // A char becomes at most three bytes of UTF-8.
    private const int BytesPerChar = 3;

    private static readonly Lazy<TokenEncoding> LazyO200kBase = new(() => new("o200k_base", new Tokenizer<O200kPattern>(new("o200k_base"))));
    private static readonly Lazy<TokenEncoding> LazyCl100kBase = new(() => new("cl100k_base", new Tokenizer<Cl100kPattern>(new("cl100k_base"))));

    private readonly Tokenizer _tokenizer;

    private TokenEncoding(string name, Tokenizer tokenizer)
    {
        Name = name;
        _tokenizer = tokenizer;
    }

    /// <summary>The encoding of gpt-4o and everything after it. Loaded at first use.</summary>
    public static TokenEncoding O200kBase => LazyO200kBase.Value;

    /// <summary>The encoding of gpt-4, gpt-3.5-turbo, davinci-002 and babbage-002. Loaded at first use.</summary>
    public static TokenEncoding Cl100kBase => LazyCl100kBase.Value;

    /// <summary>tiktoken's name for it.</summary>
    public string Name { get; }

    /// <summary>Counts the tokens of UTF-8. Invalid bytes count as the U+FFFD that a decoder puts in their place.</summary>
    public int Count(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
        {
            return _tokenizer.Count(utf8);
        }

        byte[] repaired = Repair(utf8);
        return _tokenizer.Count(repaired);
    }

    /// <summary>Counts the tokens of UTF-16. A lone surrogate counts as U+FFFD.</summary>
    public int Count(ReadOnlySpan<char> text)
    {
        if (text.Length <= CharsOnStack)
        {
            Span<byte> few = stackalloc byte[CharsOnStack * BytesPerChar];
            return _tokenizer.Count(few[..Encoding.UTF8.GetBytes(text, few)]);
        }

        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        try
        {
            return _tokenizer.Count(utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    /// <summary>Writes the token ids of UTF-8; invalid bytes are read as <see cref="Count(ReadOnlySpan{byte})"/> reads them.</summary>
    public void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        _tokenizer.Encode(Utf8.IsValid(utf8) ? utf8 : Repair(utf8), tokens);
    }

    private static byte[] Repair(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
}
