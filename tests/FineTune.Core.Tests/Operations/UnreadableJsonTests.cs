using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;

namespace FineTune.Core.Tests.Operations;

/// <summary>Holds the words for people to what the JSON reader of this .NET really says.</summary>
public sealed class UnreadableJsonTests
{
    [Theory]
    [InlineData("""{"n_epochs":3}""", "Nothing here is called 'n_epochs'.")]
    [InlineData("{\n\"epochs\":\"many\"}", "'epochs' has a value that cannot stand there (line 2).")]
    [InlineData("""{"method":"DPO"}""", "'method' has a value that cannot stand there (line 1).")]
    [InlineData("[]", "It is not a JSON object.")]
    [InlineData("{", "It ends before the JSON does (line 1).")]
    [InlineData("", "It ends before the JSON does (line 1).")]
    [InlineData("""{"epochs":1,}""", "The JSON object contains a trailing comma at the end which is not supported in this mode (line 1).")]
    public void Explain_SpeaksOfWhatWasWritten_NotOfTypes(string json, string expected)
        => Assert.Equal(expected, UnreadableJson.Explain(Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(json, FineTuneJson.Default.StartRequest))));

    [Fact]
    public void Explain_NamesWhatIsMissing()
        => Assert.Equal("It lacks 'approved'.", UnreadableJson.Explain(
            Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize("""{"by":"me"}""", FineTuneJson.Default.Decision))));
}
