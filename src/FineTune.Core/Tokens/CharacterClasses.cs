namespace FineTune.Tokens;

/// <summary>A set of character classes, tested by one shift.</summary>
[Flags]
internal enum CharacterClasses
{
    None = 0,
    Other = 1 << CharacterClass.Other,
    Upper = 1 << CharacterClass.Upper,
    Lower = 1 << CharacterClass.Lower,
    Caseless = 1 << CharacterClass.Caseless,
    Mark = 1 << CharacterClass.Mark,
    Number = 1 << CharacterClass.Number,
    Space = 1 << CharacterClass.Space,
    NewLine = 1 << CharacterClass.NewLine,
    Letter = Upper | Lower | Caseless,
    WhiteSpace = Space | NewLine,
}
