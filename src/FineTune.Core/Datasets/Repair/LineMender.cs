using FineTune.Datasets.Formats;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Repair;

/// <summary>Mends one line: it becomes one or more examples, each a whole JSON object, or stays what it is.</summary>
internal sealed class LineMender
{
    // A round makes every change that does not touch another; two or three are usual.
    private const int MostRounds = 64;

    private readonly ProblemLog _problems = new(maxKept: 0);
    private readonly JsonLine _json;
    private bool _hasDuplicateKeys;

    public LineMender() => _json = new JsonLine(_problems);

    /// <summary>The examples of the line last mended.</summary>
    public List<ReadOnlyMemory<byte>> Examples { get; } = [];

    /// <summary>The repairs made on the line last mended.</summary>
    public List<RepairKind> Made { get; } = [];

    /// <summary>Null when the line is mended, or was good; else what is wrong with it still.</summary>
    public DatasetRule? Mend(ReadOnlyMemory<byte> line)
    {
        Examples.Clear();
        Made.Clear();
        while (true)
        {
            if (Parse(line) is not null && Parse(line = TokenRepairs.Find(line.Span).Apply(line.Span, Made)) is { } mistake)
            {
                return mistake.Rule;
            }

            if (!_json.Root.IsObject)
            {
                return JsonRules.NotAnObject;
            }

            var rest = line[_json.EndOfValue..].TrimStart(" \t\r"u8);
            Examples.Add(MendExample(line[.._json.EndOfValue]));
            if (rest.IsEmpty)
            {
                return null;
            }

            line = rest.Span[0] == ',' ? rest[1..].TrimStart(" \t\r"u8) : rest;
            if (line.IsEmpty)
            {
                Made.Add(Repairs.TrailingComma);
                return null;
            }

            if (line.Span[0] != '{')
            {
                return JsonRules.TextAfter;
            }

            Made.Add(Repairs.TwoValues);
        }
    }

    /// <summary>Whether the line starts with a whole example and not with a part of one, such as a part of a message's content.</summary>
    public bool IsExample(ReadOnlyMemory<byte> line)
        => Parse(line) is null && _json.Root.IsObject && FormatDetection.Of(_json.Root) is not (null or DatasetFormat.PlainText);

    private ReadOnlyMemory<byte> MendExample(ReadOnlyMemory<byte> example)
    {
        LineEdits edits = new();
        for (int round = 0; round < MostRounds; round++)
        {
            ExampleRepairs.Find(_json.Root, _hasDuplicateKeys, edits);
            if (!edits.Any)
            {
                break;
            }

            example = edits.Apply(example.Span, Made);
            Parse(example);
        }

        return example;
    }

    private JsonMistake? Parse(ReadOnlyMemory<byte> line)
    {
        long before = _problems.CountOf(JsonRules.DuplicateKey);
        var mistake = _json.Parse(new Line(1, 0, line));
        _hasDuplicateKeys = _problems.CountOf(JsonRules.DuplicateKey) > before;
        return mistake;
    }
}
