using System.Text;
using System.Text.Json;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Reports.Html;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Secrets;

namespace FineTune.Core.Tests.Datasets;

public sealed class SecretTests
{
    private static readonly HashSet<string> Codes = [.. SecretRules.All.Select(rule => rule.Code)];

    // Put together here, so that no scanner of repositories takes them for real.
    public static TheoryData<string, string> Secrets { get; } = new()
    {
        { "secret-api-key", "sk-" + new string('a', 20) },
        { "secret-api-key", "sk-ant-api03-" + new string('b', 40) },
        { "secret-api-key", "AKIA" + new string('A', 16) },
        { "secret-api-key", "github_pat_" + new string('x', 30) },
        { "secret-api-key", "AIza" + new string('y', 35) },
        { "secret-api-key", "(xoxb-" + new string('1', 24) + ")" },
        { "secret-api-key", "sk_live_" + new string('z', 24) },
        { "secret-api-key", "hf_" + new string('h', 34) },
        { "secret-api-key", "glpat-" + new string('g', 20) },
        { "secret-api-key", "eyJ" + new string('a', 30) + ".eyJ" + new string('b', 30) + "." + new string('c', 20) },
        { "secret-private-key", "-----BEGIN OPENSSH PRIVATE KEY-----" },
        { "secret-private-key", "-----BEGIN PGP PRIVATE KEY BLOCK-----" },
        { "personal-card-number", "4012888888881881" },
        { "personal-card-number", "2223 0031 2200 3222" },
        { "personal-card-number", "30569309025904" },
        { "personal-card-number", "6011111111111117" },
        { "personal-bank-account", "FR14 2004 1010 0505 0001 3M02 606" },
        { "personal-bank-account", "NL91ABNA0417164300" },
        { "personal-email", "a@bureau.de" },
        { "personal-email", "<first_last@mail.contoso.com>" },
        { "personal-phone", "+1 212 456 7890" },
        { "personal-phone", "212-456-7890" },
        { "personal-phone", "+4930901820123" },
    };

    public static TheoryData<string> Harmless { get; } =
    [
        "risk-averse and task-oriented people like asking-questions-in-very-long-words",
        "sk-short", "https://github.com/openai/openai-python/blob/main/README.md#usage-and-examples",
        "-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----",
        "4111 1111 1111 1112", "1234567890123456", "0000 0000 0000 0000", "id4111111111111111",
        "DE89 3704 0044 0532 0130 01", "XX82WEST12345698765432",
        "ann@example.com", "ann@mail.example.org", "@Override public", "user@host", "a @ b.com", "x@1.2",
        "(212) 555-0123", "+1 212 555 0199", "1999-2004", "2022 2023 2024 2025", "3.14159265358979", "1 2 3 4 5 6 7 8 9 10 11 12",
        "10.0.0.1:8080", "550e8400-e29b-41d4-a716-446655440000", "+7", "12+4930901820", "2024-01-02 10:11:12.123",
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task InspectAsync_FindsItWithoutRepeatingIt_WhenASecretStandsInAnExample(string code, string secret)
    {
        var report = await InspectAsync($"Before {secret} after");

        var problem = Assert.Single(report.Problems, problem => problem.Code.StartsWith("secret-", StringComparison.Ordinal) || problem.Code.StartsWith("personal-", StringComparison.Ordinal));
        Assert.Equal((code, 1), (problem.Code, problem.Line));
        Assert.True(report.IsTrainable);
        string core = secret.Trim('(', ')', '<', '>')[4..];
        Assert.DoesNotContain(core, JsonSerializer.Serialize(report, ReportJsonContext.Default.DatasetReport), StringComparison.Ordinal);
        Assert.DoesNotContain(core, ReportText.Of(report), StringComparison.Ordinal);
        Assert.DoesNotContain(core, HtmlReport.Of(report), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task InspectAsync_FindsNothing_WhenATextOnlyLooksABitLikeASecret(string text)
        => Assert.DoesNotContain((await InspectAsync($"Before {text} after")).Problems, problem => Codes.Contains(problem.Code));

    [Theory]
    [MemberData(nameof(Secrets))]
    public void SignsIn_ShowsThatTheSearchIsWorthwhile_WhereverInATextASecretStands(string code, string secret)
    {
        var expected = SecretScreen.SignsIn(Encoding.UTF8.GetBytes(secret));
        Assert.NotEqual(SecretSigns.None, expected & SignOf(code));
        for (int before = 0; before < 200; before++)
        {
            foreach (int after in (int[])[0, 1, 63, 64, 65, 300])
            {
                byte[] text = Encoding.UTF8.GetBytes(new string(' ', before) + secret + new string(' ', after));
                Assert.Equal(expected, SecretScreen.SignsIn(text));
            }
        }
    }

    [Fact]
    public void SignsIn_CountsTheDigitsOfAllWindows_WhenNumbersAreSpreadOverALongText()
    {
        for (int apart = 1; apart < 200; apart++)
        {
            string digits = string.Join(new string(' ', apart), "12345678".ToCharArray());

            Assert.Equal(SecretSigns.None, SecretScreen.SignsIn(Encoding.UTF8.GetBytes(digits)));
            Assert.Equal(SecretSigns.Digits, SecretScreen.SignsIn(Encoding.UTF8.GetBytes(digits + new string(' ', apart) + "9")));
        }
    }

    [Fact]
    public async Task InspectAsync_FindsEverySecret_WhenALineHasManyInToolArgumentsToo()
    {
        string line = """{"messages": [{"role": "user", "content": "a@contoso.com b@contoso.com"}, {"role": "assistant", "tool_calls": [{"id": "c", "type": "function", "function": {"name": "mail", "arguments": "{\"to\": \"c@contoso.com\"}"}}]}]}""";

        var report = await Inspection.OfAsync(line + "\n" + Inspection.GoodLines(60));

        Assert.Equal(3, report.ProblemCounts.Single(count => count.Code == SecretRules.MailAddress.Code).Count);
    }

    [Theory]
    [InlineData("1 ")]
    [InlineData("a@")]
    [InlineData("@a.")]
    [InlineData("sk-")]
    [InlineData("-----BEGIN ")]
    [InlineData("DE8 ")]
    [InlineData("4111 1111 1111 111 ")]
    public async Task InspectAsync_IsLinear_WhenATextIsMadeToKeepTheScannersBusy(string piece)
    {
        var report = await InspectAsync(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));

        Assert.Equal(61, report.Examples);
    }

    [Fact]
    public async Task LineExcerpts_LeaveOutLinesWithSecrets_WhenLinesAreShown()
    {
        string text = Inspection.GoodLine + ",\n" + Inspection.GoodLine.Replace("Hi", "Hi, write to a@contoso.com", StringComparison.Ordinal) + ",\n" + Inspection.GoodLines(60);
        var report = await Inspection.OfAsync(text);

        var lines = await LineExcerpts.ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), report, TestContext.Current.CancellationToken);

        Assert.Equal([1], lines.Keys);
        Assert.Contains("Hello", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LineExcerpts_LeaveOutLinesWithSecrets_WhenTheReportDoesNotListThem()
    {
        string secret = Inspection.GoodLine.Replace("Hi", "Hi, write to a@contoso.com", StringComparison.Ordinal);
        string text = string.Concat(Enumerable.Repeat(secret + "\n", 149)) + secret + ",\n{'key': 'a@contoso.com'}\n" + Inspection.GoodLine + ",\n";
        var report = await Inspection.OfAsync(text);

        var lines = await LineExcerpts.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), report, TestContext.Current.CancellationToken);

        Assert.Contains(152, lines.Keys);
        Assert.DoesNotContain(lines.Values, line => line.Contains("contoso", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LineExcerpts_CountLinesAsTheReportDoes_AndHoldNoneThatIsTooLong()
    {
        byte[] text = [.. "\uFEFF{}\r\n"u8, .. Enumerable.Repeat((byte)'x', 20_000_000), .. "\n{\"a\rb\": 1,}"u8];
        var report = await Inspection.OfAsync(text);

        var lines = await LineExcerpts.ReadAsync(new MemoryStream(text), report, TestContext.Current.CancellationToken);

        Assert.Equal([new(1, "{}"), new(3, "{\"a\rb\": 1,}")], lines);
        Assert.True(report.Has(FileRules.LineTooLong));
    }

    private static SecretSigns SignOf(string code) => code switch
    {
        "secret-api-key" => SecretSigns.LongRun,
        "secret-private-key" => SecretSigns.Hyphens,
        "personal-email" => SecretSigns.At,
        _ => SecretSigns.Digits,
    };

    private static Task<DatasetReport> InspectAsync(string text)
        => Inspection.OfAsync(
            Inspection.GoodLine.Replace("\"Hi\"", JsonSerializer.Serialize(text), StringComparison.Ordinal) + "\n" + Inspection.GoodLines(60));
}
