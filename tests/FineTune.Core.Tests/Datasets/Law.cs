using FsCheck;
using FsCheck.Fluent;

namespace FineTune.Core.Tests.Datasets;

/// <summary>What must hold for anything at all: tried on generated values, and a value that breaks it is shrunk and shown.</summary>
internal static class Law
{
    public static void Holds<T>(Gen<T> values, Func<T, bool> law, int tries = 300)
        => Prop.ForAll(values.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(tries));

    /// <summary>Text with what is awkward in JSON, CSV and line reading.</summary>
    public static Gen<string> Text { get; } = Gen
        .Elements("a", "word ", "=SUM(A1)", "\"", "\\", "\t", "é", "漢", "😀", ",", ";", "{", "}", "[", "]", ":", "#", "\n", " ", "'", "\u2028")
        .ListOf().Select(string.Concat);
}
