using System.Text;
using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class SchemaCheckTests
{
    [Theory]
    [InlineData("""{"type": "object"}""", """{}""")]
    [InlineData("""{"type": ["string", "null"]}""", """null""")]
    [InlineData("""{"type": "integer"}""", """3.0""")]
    [InlineData("""{"enum": [1, "a", null]}""", """1.0""")]
    [InlineData("""{"const": {"a": 1}}""", """{ "a" : 1 }""")]
    [InlineData("""{"items": {"type": "number"}, "maxItems": 2}""", """[1, 2]""")]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "object", "required": ["x"]}]}""", """{"x": 1}""")]
    [InlineData("""{"allOf": [{"minimum": 1}, {"maximum": 3}]}""", """3""")]
    [InlineData("""{"properties": {"a": {}}, "additionalProperties": {"type": "string"}}""", """{"a": 1, "b": "x"}""")]
    [InlineData("""{"properties": {"a": {}}, "patternProperties": {"^x": {}}, "additionalProperties": false}""", """{"xy": 1}""")]
    [InlineData("""{"$ref": "#/$defs/x", "not": {}, "pattern": "^a", "format": "date"}""", "\"b\"")]
    [InlineData("""{"type": 7, "enum": "no", "required": {}, "properties": [], "minimum": "x", "anyOf": 3}""", """{}""")]
    [InlineData("""true""", """1""")]
    public void Fault_IsNone_WhenTheValueIsAsDeclared(string schema, string value) => Assert.Null(Fault(schema, value));

    [Theory]
    [InlineData("""{"type": "object"}""", """[]""", "the whole is an empty array, which the declared type is not")]
    [InlineData("""{"type": "integer"}""", """3.5""", "the whole is a number, which the declared type is not")]
    [InlineData("""{"required": ["city"]}""", """{}""", "\"city\" is missing in the whole")]
    [InlineData("""{"properties": {"a": {"items": {"type": "string"}}}}""", """{"a": ["x", 2]}""", "a[1] is a number, which the declared type is not")]
    [InlineData("""{"properties": {}, "additionalProperties": false}""", """{"b": 1}""", "b is not declared")]
    [InlineData("""{"enum": ["C", "F"]}""", "\"K\"", "the whole is none of the values declared")]
    [InlineData("""{"const": 1}""", """2""", "the whole is not the one value declared")]
    [InlineData("""{"exclusiveMinimum": 0}""", """0""", "the whole is outside of the declared range")]
    [InlineData("""{"minLength": 2}""", "\"ü\"", "the whole has fewer characters than declared")]
    [InlineData("""{"maxItems": 1}""", """[1, 2]""", "the whole has more items than declared")]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "null"}]}""", """1""", "the whole fits none of the alternatives declared")]
    [InlineData("""{"allOf": [{"minimum": 1}, {"maximum": 3}]}""", """4""", "the whole is outside of the declared range")]
    public void Fault_NamesThePlaceAndNotTheValue_WhenTheValueIsOtherwise(string schema, string value, string fault)
        => Assert.Equal(fault, Fault(schema, value));

    [Fact]
    public void Fault_ComesSoon_WhenASchemaIsMadeToExplode()
    {
        string nested = "{}";
        for (int level = 0; level < 20; level++)
        {
            nested = $"{{\"anyOf\": [{nested.Replace("{}", "{\"type\": \"string\"}", StringComparison.Ordinal)}, {(nested.Length < 100_000 ? nested : "{}")}]}}";
        }

        Assert.Null(Fault(nested.Length > 3_000_000 ? "{}" : nested, "[1]"));
    }

    private static string? Fault(string schema, string value)
        => new SchemaCheck().Fault(Parse(value).Root, Parse(schema).Root);

    private static JsonLine Parse(string json)
    {
        var line = new JsonLine(new ProblemLog(0));
        Assert.Null(line.Parse(new Line(1, 0, Encoding.UTF8.GetBytes(json))));
        return line;
    }
}
