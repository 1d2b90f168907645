using System.Text;
using FineTune.Provider;

namespace FineTune.Core.Tests.Provider;

/// <summary>CSV in whatever it is wrapped.</summary>
public sealed class ResultFileTests
{
    private const string Csv = "step,train_loss,valid_loss\n1,2.5,\n2,1.25,1.5\n";

    public static TheoryData<string> Wrapped => new()
    {
        { Csv },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes(Csv)) },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes(Csv)) + "\r\n" },
        { $"\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(Csv))}\"" },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes(Csv), Base64FormattingOptions.InsertLineBreaks) },
    };

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void Unwrap_BringsTheCsv(string content)
        => Assert.Equal(Csv, Encoding.UTF8.GetString(ResultFile.Unwrap(BinaryData.FromString(content)).Span));

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    public void Unwrap_LeavesEverythingElseAlone(string content)
        => Assert.Equal(content, Encoding.UTF8.GetString(ResultFile.Unwrap(BinaryData.FromString(content)).Span));
}
