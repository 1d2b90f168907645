using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class DatasetNamesTests
{
    [Theory]
    [InlineData("support.jsonl", true, false)]
    [InlineData("Support.JSONL", true, false)]
    [InlineData("validation.jsonl", true, false)]
    [InlineData("folder/support.jsonl", true, false)]
    [InlineData("support.validation.jsonl", false, true)]
    [InlineData("support.Validation.jsonl", false, true)]
    [InlineData("support.jsonl.report.json", false, false)]
    [InlineData("support.finetune.json", false, false)]
    [InlineData("support.json", false, false)]
    [InlineData(".jsonl", false, false)]
    [InlineData("", false, false)]
    public void Name_TellsWhatTheFileIsFor(string name, bool dataset, bool validation)
        => Assert.Equal((dataset, validation), (DatasetNames.IsDataset(name), DatasetNames.IsValidation(name)));

    [Fact]
    public void ValidationNameOf_AndBesideNameOf_StandBesideTheDataset()
    {
        Assert.Equal("folder/support.v2.validation.jsonl", DatasetNames.ValidationNameOf("folder/support.v2.jsonl"));
        Assert.Equal("folder/support.v2.finetune.json", DatasetNames.BesideNameOf("folder/support.v2.jsonl", DatasetNames.SpecSuffix));
    }

    [Fact]
    public void ValidationNameOf_Throws_WhenNameIsNoDataset()
        => Assert.Throws<ArgumentException>(() => DatasetNames.ValidationNameOf("support.validation.jsonl"));
}
