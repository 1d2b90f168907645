using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using FineTune.Referee;

namespace FineTune.Tokens;

/// <summary>
/// The same ids and counts as tiktoken, text by text. Set FINETUNE_REFEREE_TEXTS to the number of random texts for a longer run, and
/// FINETUNE_REFEREE_FOLDER to a folder whose text files, up to 100 MB of them, are to be read as well.
/// </summary>
public sealed class TiktokenAgreementTests(NodeReferee referee) : IClassFixture<NodeReferee>
{
    private const int TextsPerBatch = 50_000;
    private const int FilesPerBatch = 1_000;
    private const int CharsPerText = 16 * 1024;
    private const long FolderBytes = 100_000_000;

    private static readonly int RandomTexts =
        int.TryParse(Environment.GetEnvironmentVariable("FINETUNE_REFEREE_TEXTS"), CultureInfo.InvariantCulture, out int wanted) ? wanted : 5_000;

    public static TheoryData<string> Encodings => [TokenEncoding.O200kBase.Name, TokenEncoding.Cl100kBase.Name];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Encode_AgreesWithTiktoken_OnRandomMixedTexts(string encoding)
    {
        for (int done = 0; done < RandomTexts; done += TextsPerBatch)
        {
            var texts = new MixedText(seed: done + 1);
            await AssertAgreesAsync(encoding, [.. Enumerable.Range(0, Math.Min(TextsPerBatch, RandomTexts - done)).Select(_ => texts.Next())]);
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Encode_AgreesWithTiktoken_OnEveryAssignedCharacter(string encoding)
    {
        var assigned = Enumerable.Range(0, 0x32400).Concat(Enumerable.Range(0xE0000, 0x200)).Where(Rune.IsValid).Select(value => new Rune(value));
        await AssertAgreesAsync(encoding, [.. assigned.Chunk(64).Select(some => Encoding.UTF8.GetBytes(string.Concat(some.Select(one => $"a{one}B1{one} {one}'s"))))]);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Encode_AgreesWithTiktoken_OnGradeSchoolMaths(string encoding)
    {
        string data = Path.Combine(Repository.Root, "..", "shared", "data", "gsm8k", "train.jsonl");
        Assert.SkipUnless(File.Exists(data), $"There is no {data}.");
        await AssertAgreesAsync(encoding, [.. File.ReadLines(data).Select(Encoding.UTF8.GetBytes)]);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Encode_AgreesWithTiktoken_OnTheFilesOfAFolder(string encoding)
    {
        string? folder = Environment.GetEnvironmentVariable("FINETUNE_REFEREE_FOLDER");
        Assert.SkipWhen(folder is null, "FINETUNE_REFEREE_FOLDER names no folder.");
        foreach (byte[][] some in FolderTexts(folder).Chunk(FilesPerBatch))
        {
            await AssertAgreesAsync(encoding, some);
        }
    }

    /// <summary>The files that are UTF-8, in a fixed order, cut into pieces of 16 KB wherever that falls.</summary>
    private static IEnumerable<byte[]> FolderTexts(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal);
        long bytes = 0;
        foreach (string text in files.Select(File.ReadAllBytes).Where(content => Utf8.IsValid(content)).Select(Encoding.UTF8.GetString))
        {
            for (int start = 0; start < text.Length && bytes < FolderBytes; start += CharsPerText)
            {
                byte[] part = Encoding.UTF8.GetBytes(text.Substring(start, Math.Min(CharsPerText, text.Length - start)));
                bytes += part.Length;
                yield return part;
            }
        }
    }

    private async Task AssertAgreesAsync(string encoding, byte[][] texts)
    {
        Assert.SkipWhen(referee.Missing is not null, referee.Missing ?? "");
        var ours = encoding == TokenEncoding.O200kBase.Name ? TokenEncoding.O200kBase : TokenEncoding.Cl100kBase;
        var theirs = await referee.EncodeAsync(encoding, texts, TestContext.Current.CancellationToken);
        Assert.Equal(texts.Length, theirs.Count);
        var ids = new ArrayBufferWriter<int>();
        for (int i = 0; i < texts.Length; i++)
        {
            ids.ResetWrittenCount();
            ours.Encode(texts[i], ids);
            bool same = ids.WrittenSpan.SequenceEqual(theirs[i]) && ours.Count(texts[i]) == theirs[i].Length;
            Assert.True(same, $"{encoding}, text {i} {Encoding.UTF8.GetString(texts[i])}: "
                + $"ids {string.Join(' ', ids.WrittenSpan.ToArray())}, counted {ours.Count(texts[i])}, tiktoken {string.Join(' ', theirs[i])}");
        }
    }
}
