using System.IO.Compression;
using System.Text;
using FineTune.Datasets;
using FineTune.Datasets.Conversion;
using FineTune.Datasets.Reading;

namespace FineTune.Core.Tests.Datasets.Conversion;

public sealed class TableTests
{
    private static readonly ConvertOptions Csv = new() { Source = ConvertSource.Csv };

    [Fact]
    public async Task Convert_WritesChat_WhenATableHasQuestionsAndAnswers()
    {
        var (lines, report) = await Converted.OfAsync(
            "\uFEFFQuestion, Answer ,note\r\n=SUM(A1),\"a \"\"b\"\",\nc\",x\r\n,,\r\n+1,@x,\r\n", Csv with { System = "S" });

        Assert.Equal(
            [
                """{"messages":[{"role":"system","content":"S"},{"role":"user","content":"=SUM(A1)"},{"role":"assistant","content":"a \"b\",\nc"}]}""",
                """{"messages":[{"role":"system","content":"S"},{"role":"user","content":"+1"},{"role":"assistant","content":"@x"}]}""",
            ],
            lines);
        Assert.Equal((2, 2, 0), (report.Rows, report.Written, report.ProblemCount));
    }

    [Fact]
    public async Task Convert_WritesSeparatorSpaceAndStop_WhenTheModelIsOneForCompletion()
    {
        var (lines, _) = await Converted.OfAsync("question\tanswer\nWhy?\tBecause.\n", new ConvertOptions { Source = ConvertSource.Tsv, Target = ConvertTarget.Completion });

        Assert.Equal("""{"prompt":"Why?\n\n###\n\n","completion":" Because.###"}""", Assert.Single(lines));
    }

    [Fact]
    public async Task Convert_WritesPreferences_WhenATableHasTwoAnswers()
    {
        var (lines, _) = await Converted.OfAsync("prompt;chosen;rejected\np;c;r\n", Csv with { Delimiter = ';', Target = ConvertTarget.Preference });

        Assert.Equal(
            """{"input":{"messages":[{"role":"user","content":"p"}]},"preferred_output":[{"role":"assistant","content":"c"}],"non_preferred_output":[{"role":"assistant","content":"r"}]}""",
            Assert.Single(lines));
    }

    [Theory]
    [InlineData("prompt,completion\na,\n", 2, "answer is empty")]
    [InlineData("prompt,completion\na,b\n,b\n", 3, "no prompt")]
    [InlineData("prompt,completion\na,b,c\n", 2, "3 cells, the header 2")]
    public async Task Convert_NamesTheRow_WhenItCannotBeConverted(string text, int row, string words)
    {
        var (_, report) = await Converted.OfAsync(text, Csv);

        var problem = Assert.Single(report.Problems);
        Assert.Equal(row, problem.Row);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the ### of it", "b", "--separator")]
    [InlineData("a", "b # c", "--stop")]
    [InlineData("a", "ends with #", "--stop")]
    public async Task Convert_RefusesTheRow_WhenAMarkStandsInItsText(string prompt, string completion, string option)
    {
        var (_, report) = await Converted.OfAsync(
            $"prompt,completion\n{prompt},{completion}\n", Csv with { Target = ConvertTarget.Completion, Separator = "###", Stop = "##" == option ? "" : "#" });

        Assert.Contains(option, Assert.Single(report.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a;b\n1;2\n", "a;b")]
    [InlineData("prompt,completion\n\"never closed", "quotation mark")]
    [InlineData("prompt,completion\na\"b\",c\n", "Row 2")]
    public async Task Convert_SaysWhatIsWrong_WhenTheTableIsNone(string text, string words)
    {
        var refusal = await Assert.ThrowsAsync<UnreadableDatasetException>(() => Converted.OfAsync(text, Csv));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_Refuses_WhenARowDoesNotEnd()
    {
        var refusal = await Assert.ThrowsAsync<UnreadableDatasetException>(
            () => Converted.OfAsync("prompt,completion\n\"" + new string('x', 200_000), Csv, new InspectionLimits { LineBytes = 50_000 }));

        Assert.Contains("50,000 characters", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_Refuses_WhenATableIsInWindows1252()
        => await Assert.ThrowsAsync<UnreadableDatasetException>(() => Converted.OfAsync([.. "prompt,completion\ncaf"u8, 0xE9, .. ",b\n"u8], Csv));

    [Fact]
    public async Task Convert_ReadsTheSheet_WhenTheTableIsAWorkbook()
    {
        byte[] workbook = Workbook(
            """<row r="1"><c r="A1" t="inlineStr"><is><t>question</t></is></c><c r="B1" t="inlineStr"><is><t>answer</t></is></c></row>"""
            + """<row r="2"><c r="A2" t="inlineStr"><is><t>=1+1</t></is></c><c r="B2"><f>40+2</f><v>42</v></c></row>""");

        var (lines, _) = await Converted.OfAsync(workbook, new ConvertOptions { Source = ConvertSource.Xlsx });

        Assert.Equal("""{"messages":[{"role":"user","content":"=1+1"},{"role":"assistant","content":"42"}]}""", Assert.Single(lines));
    }

    [Fact]
    public async Task Convert_NamesTheSheets_WhenTheOneAskedForIsNotThere()
    {
        var refusal = await Assert.ThrowsAsync<UnreadableDatasetException>(
            () => Converted.OfAsync(Workbook(""), new ConvertOptions { Source = ConvertSource.Xlsx, Sheet = "Other" }));

        Assert.Contains("it has: Faq", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_Refuses_WhenAWorkbookUnpacksToMoreThanADatasetMayHave()
    {
        byte[] bomb = Workbook(new string(' ', 3_000_000));

        var refusal = await Assert.ThrowsAsync<UnreadableDatasetException>(
            () => Converted.OfAsync(bomb, new ConvertOptions { Source = ConvertSource.Xlsx }, new InspectionLimits { FileBytes = 1_000_000 }));

        Assert.Contains("larger when unpacked", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XFE1")]
    [InlineData("ZZZZZ1")]
    [InlineData("ZZZZZZZZ1")]
    public async Task Convert_Refuses_WhenACellStandsFartherRightThanASheetGoes(string cell)
    {
        byte[] workbook = Workbook($"""<row r="1"><c r="{cell}" t="inlineStr"><is><t>question</t></is></c></row>""");

        await Assert.ThrowsAsync<UnreadableDatasetException>(() => Converted.OfAsync(workbook, new ConvertOptions { Source = ConvertSource.Xlsx }));
    }

    [Fact]
    public async Task Convert_SaysItIsNoWorkbook_WhateverBytesOfItAreDamaged()
    {
        byte[] workbook = Workbook("""<row r="1"><c r="A1" t="inlineStr"><is><t>question</t></is></c><c r="B1"><v>1</v></c></row>""");
        Random random = new(3);
        for (int attempt = 0; attempt < 300; attempt++)
        {
            byte[] damaged = [.. workbook];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged = random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;

            var failure = await Record.ExceptionAsync(() => Converted.OfAsync(damaged, new ConvertOptions { Source = ConvertSource.Xlsx }));

            Assert.True(failure is null or UnreadableDatasetException, failure?.ToString());
        }
    }

    private static byte[] Workbook(string rows)
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            const string Spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            Add(archive, "xl/workbook.xml", $"""<workbook xmlns="{Spreadsheet}" xmlns:r="{Relationship}"><sheets><sheet name="Faq" sheetId="1" r:id="r1"/></sheets></workbook>""");
            Add(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{Relationship}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            Add(archive, "xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Spreadsheet}"><sheetData>{rows}</sheetData></worksheet>""");
        }

        return file.ToArray();
    }

    private static void Add(ZipArchive archive, string name, string content)
    {
        using Stream entry = archive.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(content));
    }
}
