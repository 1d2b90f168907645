using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FineTune.Tokens;

public sealed class TokenEncodingTests
{
    private const int RunLength = 1 << 18;

    public static TheoryData<TokenEncoding> Encodings => [TokenEncoding.O200kBase, TokenEncoding.Cl100kBase];

    [Theory]
    [MemberData(nameof(PinnedTokens.All), MemberType = typeof(PinnedTokens))]
    public void Encode_GivesThePinnedIds(string text, int[] o200k, int[] cl100k)
    {
        Assert.Equal(o200k, Encode(TokenEncoding.O200kBase, Encoding.UTF8.GetBytes(text)));
        Assert.Equal(cl100k, Encode(TokenEncoding.Cl100kBase, Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [MemberData(nameof(PinnedTokens.All), MemberType = typeof(PinnedTokens))]
    public void Count_IsTheNumberOfIds_FromBytesAndFromChars(string text, int[] o200k, int[] cl100k)
    {
        Assert.Equal(o200k.Length, TokenEncoding.O200kBase.Count(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(o200k.Length, TokenEncoding.O200kBase.Count(text));
        Assert.Equal(cl100k.Length, TokenEncoding.Cl100kBase.Count(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(cl100k.Length, TokenEncoding.Cl100kBase.Count(text));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Count_IsTheNumberOfIds_AtEveryLengthOfText(TokenEncoding encoding)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(PinnedTokens.All.Select(row => row.Data.Item1)));
        for (int start = 0; start < text.Length; start += 13)
        {
            for (int length = 0; length <= 80 && start + length <= text.Length; length++)
            {
                var part = text.AsSpan(start, length);
                Assert.Equal(Encode(encoding, part).Length, encoding.Count(part));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Count_IsTheNumberOfIds_WhateverStandsNextToWhatWithinAWindow(TokenEncoding encoding)
    {
        // Counting looks at 64 bytes at once, encoding at each: they share no code for cutting ASCII into pieces.
        Random random = new(5);
        for (int round = 0; round < 60_000; round++)
        {
            string alphabet = round % 2 == 0 ? "aaaBB11  ..//\n\r'\té\0" : "abcdeABC1234567890      ,.\n";
            string text = string.Create(random.Next(1, 200), (random, alphabet), static (span, state) => state.random.GetItems<char>(state.alphabet, span));
            Assert.True(Encode(encoding, Encoding.UTF8.GetBytes(text)).Length == encoding.Count(text), JsonSerializer.Serialize(text));
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Count_ReadsInvalidBytesAsReplacementCharacters(TokenEncoding encoding)
    {
        byte[] text = [.. "abc "u8, 0xE2, 0x82, .. " x"u8, 0xFF, 0xC0, 0x80, .. "'s"u8, 0xED, 0xA0, 0x80, 0xF0];
        Assert.Equal(encoding.Count(Encoding.UTF8.GetString(text)), encoding.Count(text));
        Assert.Equal(encoding.Count("\uFFFDx\uFFFD"), encoding.Count("\uD800x\uDC00"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("A")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("\t ")]
    [InlineData("-")]
    [InlineData("7")]
    [InlineData("あ")]
    [InlineData("\u0301")]
    [InlineData("ab")]
    [InlineData("日A")]
    [InlineData("'s")]
    public void Count_EndsInTime_OnALongRun(string unit)
    {
        // A quadratic step would take minutes, and the test run's own limit would end it.
        string run = string.Concat(Enumerable.Repeat(unit, RunLength / unit.Length));
        Assert.InRange(TokenEncoding.O200kBase.Count(run), 1, run.Length);
        Assert.InRange(TokenEncoding.Cl100kBase.Count(run), 1, run.Length);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Count_OfALongRun_IsTheSumOfItsLongestTokens(TokenEncoding encoding)
    {
        // Both vocabularies hold a token of 128 spaces, and none longer.
        byte[] spaces = Encoding.UTF8.GetBytes(new string(' ', 128 * 1000));
        Assert.Equal(1000, encoding.Count(spaces));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Count_AllocatesNothing_OnceWarm(TokenEncoding encoding)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(PinnedTokens.All.Select(row => row.Data.Item1)));
        string chars = Encoding.UTF8.GetString(text);
        Assert.Equal(encoding.Count(text), encoding.Count(chars));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int counted = encoding.Count(text) + encoding.Count(chars);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(counted > 0);
    }

    [Fact]
    public void Count_IsTheSame_OnManyThreadsAtOnce()
    {
        var texts = new MixedText(seed: 7);
        byte[][] some = [.. Enumerable.Range(0, 500).Select(_ => texts.Next())];
        int[] expected = [.. some.Select(text => Encode(TokenEncoding.O200kBase, text).Length)];
        Parallel.For(0, 4 * some.Length, i => Assert.Equal(expected[i % some.Length], TokenEncoding.O200kBase.Count(some[i % some.Length])));
    }

    private static int[] Encode(TokenEncoding encoding, ReadOnlySpan<byte> text)
    {
        var ids = new ArrayBufferWriter<int>();
        encoding.Encode(text, ids);
        return ids.WrittenSpan.ToArray();
    }
}
