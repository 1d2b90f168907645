namespace FineTune.Tokens;

public sealed class ModelEncodingsTests
{
    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("gpt-4o-2024-08-06")]
    [InlineData("gpt-4o-mini-2024-07-18")]
    [InlineData("chatgpt-4o-latest")]
    [InlineData("gpt-4.1-2025-04-14")]
    [InlineData("gpt-4.1-nano")]
    [InlineData("gpt-4.5-preview")]
    [InlineData("gpt-5")]
    [InlineData("gpt-5.1-codex")]
    [InlineData("gpt-5-2025-08-07")]
    [InlineData("gpt-oss-20b")]
    [InlineData("o1")]
    [InlineData("o3-mini")]
    [InlineData("o4-mini-2025-04-16")]
    [InlineData("ft:gpt-4.1-mini-2025-04-14:acme:support:AbC123")]
    [InlineData("ft:gpt-4o-mini-2024-07-18:acme::AbC123:ckpt-step-90")]
    [InlineData("ft:o4-mini-2025-04-16:acme:grader:AbC123")]
    [InlineData("gpt-4.1-2025-04-14.ft-5fd1918ee65d4cd38a5dcf6835066ed7-support")]
    [InlineData("GPT-4o-Mini")]
    public void For_ChoosesO200k(string model) => Assert.Same(TokenEncoding.O200kBase, ModelEncodings.For(model));

    [Theory]
    [InlineData("gpt-4")]
    [InlineData("gpt-4-0613")]
    [InlineData("gpt-4-turbo-2024-04-09")]
    [InlineData("gpt-3.5-turbo")]
    [InlineData("gpt-3.5-turbo-0125")]
    [InlineData("gpt-35-turbo-0613")]
    [InlineData("davinci-002")]
    [InlineData("babbage-002")]
    [InlineData("text-embedding-3-large")]
    [InlineData("ft:gpt-4-0613:acme::AbC123")]
    [InlineData("ft:gpt-3.5-turbo-0125:acme:gpt-4o:AbC123")]
    [InlineData("ft:davinci-002:acme::AbC123")]
    [InlineData("gpt-35-turbo-0125.ft-0123456789abcdef0123456789abcdef")]
    public void For_ChoosesCl100k(string model) => Assert.Same(TokenEncoding.Cl100kBase, ModelEncodings.For(model));

    [Theory]
    [InlineData("")]
    [InlineData("ft:")]
    [InlineData("gpt-4.9")]
    [InlineData("gpt-40")]
    [InlineData("o11")]
    [InlineData("davinci")]
    [InlineData("Llama-3.3-70B-Instruct")]
    public void Find_KnowsNothing_OfAnotherFamily(string model) => Assert.Null(ModelEncodings.Find(model));

    [Fact]
    public void For_NamesTheModelAndWhatIsKnown_WhenUnknown()
    {
        var error = Assert.Throws<ArgumentException>(() => ModelEncodings.For("ft:qwen-32b:acme::x"));
        Assert.Contains("'ft:qwen-32b:acme::x'", error.Message, StringComparison.Ordinal);
        Assert.Contains("gpt-4o", error.Message, StringComparison.Ordinal);
    }
}
