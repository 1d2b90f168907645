namespace FineTune.Tokens;

/// <summary>What the split patterns ask of a character; the numbers are stored in <c>Vocabularies/unicode.bin</c>.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Punctuation, symbols, controls, unassigned: neither letter, mark, number nor white space.</summary>
    Other = 0,

    /// <summary><c>\p{Lu}</c> and <c>\p{Lt}</c>.</summary>
    Upper = 1,

    /// <summary><c>\p{Ll}</c>.</summary>
    Lower = 2,

    /// <summary><c>\p{Lm}</c> and <c>\p{Lo}</c>: letters that count as both cases.</summary>
    Caseless = 3,

    /// <summary><c>\p{M}</c>: a letter to o200k, punctuation to cl100k.</summary>
    Mark = 4,

    /// <summary><c>\p{N}</c>.</summary>
    Number = 5,

    /// <summary><c>\s</c> except CR and LF.</summary>
    Space = 6,

    /// <summary>CR and LF alone; the other line separators of Unicode are <see cref="Space"/>.</summary>
    NewLine = 7,
}
