namespace FineTune.Datasets.Secrets;

/// <summary>What a text must have in it for a kind of secret to be possible at all.</summary>
[Flags]
internal enum SecretSigns
{
    None = 0,

    /// <summary>Of letters, digits, hyphens, underscores and points: as long as the shortest key.</summary>
    LongRun = 1,

    /// <summary>Five hyphens in a row.</summary>
    Hyphens = 2,

    /// <summary>Digits enough for a number, or two capitals and a digit, as an account's number begins.</summary>
    Digits = 4,

    /// <summary>An at sign.</summary>
    At = 8,
}
