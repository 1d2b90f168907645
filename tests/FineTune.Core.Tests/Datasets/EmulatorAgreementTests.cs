using System.Text;
using System.Text.Json.Nodes;

namespace FineTune.Core.Tests.Datasets;

/// <summary>
/// The checker predicts the provider's verdict: every bad line goes to the emulator, too, which judges with code of its own, as a real
/// upload and a real job. A line that the provider takes is no error here either, whatever becomes of it: that is a warning.
/// </summary>
public sealed class EmulatorAgreementTests : AgreementTest
{
    [Fact]
    public async Task Verdicts_Agree_OnEveryBadLine()
        => Assert.Equal("", await DifferencesAsync(BadLines.All, Inspection.GoodLines(12), BadLines.Spec));

    [Fact]
    public async Task Verdicts_Agree_OnEveryBadPreference()
        => Assert.Equal("", await DifferencesAsync(PreferenceTests.Bad, PreferenceTests.GoodLines(12), PreferenceTests.PreferenceSpec));

    [Fact]
    public async Task Verdicts_Agree_OnEveryBadCompletion()
        => Assert.Equal("", await DifferencesAsync(CompletionTests.Bad, CompletionTests.GoodLines(12), CompletionTests.CompletionSpec));

    [Fact]
    public async Task Verdicts_Agree_OnEveryGoodLine()
    {
        foreach (string line in GoodLineTests.Accepted.Select(row => row.Data))
        {
            string refusal = await RefusalAsync(Encoding.UTF8.GetBytes(Inspection.GoodLines(12) + line), BadLines.Spec);

            Assert.True(refusal.Length == 0, $"{refusal}: {line}");
        }
    }

    [Fact]
    public async Task Verdicts_Agree_OnEverySample()
    {
        foreach (string sample in SampleTests.AllFiles())
        {
            byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(Repository.Samples, sample), TestContext.Current.CancellationToken);
            bool ours = (await Inspection.OfAsync(bytes, BadLines.Spec)).IsTrainable;
            string refusal = await RefusalAsync(bytes, BadLines.Spec);

            Assert.True(ours == (refusal.Length == 0), $"{sample}: {refusal}");
        }
    }

    private async Task<string> DifferencesAsync(TheoryData<string, string> rows, string goodLines, FineTuneSpec spec)
    {
        Assert.Equal("", await RefusalAsync(Encoding.UTF8.GetBytes(goodLines), spec));
        var differences = new List<string>();
        foreach (var row in rows)
        {
            var (code, marked) = row.Data;
            byte[] bytes = [.. Encoding.UTF8.GetBytes(goodLines), .. BadLines.Read(marked).Bytes];
            bool ours = (await Inspection.OfAsync(bytes, spec)).IsTrainable;
            string refusal = await RefusalAsync(bytes, spec);
            if (ours != (refusal.Length == 0))
            {
                differences.Add($"{code}: ours says {ours}, the emulator \"{refusal}\": {marked}");
            }
        }

        return string.Join('\n', differences);
    }

    private Task<string> RefusalAsync(byte[] bytes, FineTuneSpec spec) => RefusalAsync(bytes, file => new()
    {
        ["model"] = spec.Model,
        ["training_file"] = file,
        ["method"] = new JsonObject { ["type"] = TrainingMethods.WordFor(spec.Method) },
    });
}
