using System.Text;
using System.Text.Json;
using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Dedupe;

/// <summary>
/// What an example is compared by: the set of all three words that follow each other, in lower case and without punctuation, as hashes.
/// System messages and tools are left out; they are alike in most examples of a dataset.
/// </summary>
internal sealed class WordTriples
{
    private readonly List<ulong> _triples = [];
    private ulong _before;
    private ulong _last;
    private int _words;

    /// <summary>Sorted, each once; valid until the next example is taken.</summary>
    public Span<ulong> Of(JsonLine example)
    {
        _triples.Clear();
        for (int index = 1; index < example[0].Next;)
        {
            index = Take(example, index);
        }

        _triples.Sort();
        int kept = 0;
        for (int index = 0; index < _triples.Count; index++)
        {
            if (kept == 0 || _triples[index] != _triples[kept - 1])
            {
                _triples[kept++] = _triples[index];
            }
        }

        _triples.RemoveRange(kept, _triples.Count - kept);
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_triples);
    }

    /// <summary>The part of all triples of two examples that both have.</summary>
    public static double Likeness(ReadOnlySpan<ulong> one, ReadOnlySpan<ulong> other)
    {
        int shared = 0;
        for (int left = 0, right = 0; left < one.Length && right < other.Length;)
        {
            shared += one[left] == other[right] ? 1 : 0;
            bool next = one[left] <= other[right];
            right += one[left] >= other[right] ? 1 : 0;
            left += next ? 1 : 0;
        }

        int all = one.Length + other.Length - shared;
        return all == 0 ? 0 : (double)shared / all;
    }

    // Returns the node to go on with: that after what is left out.
    private int Take(JsonLine example, int index)
    {
        var value = new JsonValue(example, index);
        switch (value.Kind)
        {
            case JsonTokenType.PropertyName when IsLeftOut(value.Text):
                return example[index + 1].Next;
            case JsonTokenType.StartObject when ChatRoles.Read(value.Get("role"u8)) is ChatRole.System or ChatRole.Developer:
                return example[index].Next;
            case JsonTokenType.String:
                TakeText(value.Text);
                break;
        }

        return index + 1;
    }

    private static bool IsLeftOut(ReadOnlySpan<byte> key)
        => key.SequenceEqual("role"u8) || key.SequenceEqual("tools"u8) || key.SequenceEqual("functions"u8) || key.SequenceEqual("id"u8)
            || key.SequenceEqual("tool_call_id"u8) || key.SequenceEqual("type"u8);

    private void TakeText(ReadOnlySpan<byte> text)
    {
        (_before, _last, _words) = (0, 0, 0);
        ulong word = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out int length);
            text = text[length..];
            if (Rune.IsLetterOrDigit(rune))
            {
                word = Fingerprint.Add(word, (ulong)Rune.ToLowerInvariant(rune).Value);
            }

            // Scripts without spaces have a word a character.
            if (word != 0 && (!Rune.IsLetterOrDigit(rune) || rune.Value >= 0x2E80))
            {
                TakeWord(word);
                word = 0;
            }
        }

        if (word != 0)
        {
            TakeWord(word);
        }

        if (_words is 1 or 2)
        {
            _triples.Add(Fingerprint.Add(_before, _last)); // too short for a triple, but not nothing
        }
    }

    private void TakeWord(ulong word)
    {
        if (++_words >= 3)
        {
            _triples.Add(Fingerprint.Add(Fingerprint.Add(_before, _last), word));
        }

        (_before, _last) = (_last, word);
    }
}
