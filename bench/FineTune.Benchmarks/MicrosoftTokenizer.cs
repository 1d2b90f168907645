using System.Diagnostics;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace FineTune.Benchmarks;

/// <summary>Microsoft.ML.Tokenizers, in this process; its texts are .NET strings, made beforehand.</summary>
internal sealed class MicrosoftTokenizer(string encoding, byte[][] texts) : Contestant("Microsoft.ML.Tokenizers")
{
    private readonly TiktokenTokenizer _tokenizer = TiktokenTokenizer.CreateForEncoding(encoding);
    private readonly string[] _texts = [.. texts.Select(Encoding.UTF8.GetString)];

    public override Round Run()
    {
        long tokens = 0, start = Stopwatch.GetTimestamp();
        foreach (string text in _texts)
        {
            tokens += _tokenizer.CountTokens(text);
        }

        return new Round(tokens, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
