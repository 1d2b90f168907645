using System.Text.Unicode;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Repair;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Conversion;

/// <summary>The objects of a JSON array, or of JSON Lines.</summary>
internal sealed class JsonDrafts : DraftSource
{
    private readonly DraftOfJson _drafts;
    private readonly JsonArrayItems? _items;
    private readonly ExampleReader? _lines;
    private readonly JsonLine _item = new(new ProblemLog(maxKept: 0));

    private JsonDrafts(ConvertOptions options, JsonArrayItems? items, ExampleReader? lines)
        => (_drafts, _items, _lines) = (new DraftOfJson(options), items, lines);

    public override int Row => _items?.Line ?? _lines!.Example.Line.Number;

    public static async Task<JsonDrafts> OpenAsync(Stream file, ConvertOptions options, InspectionLimits limits, CancellationToken cancellationToken)
    {
        bool isArray = await SourceText.FirstByteAsync(file, cancellationToken) == '[';
        (Stream text, _) = await SourceText.OpenAsync(file, cancellationToken);
        return isArray
            ? new JsonDrafts(options, new JsonArrayItems(text, limits.LineBytes), lines: null)
            : new JsonDrafts(options, items: null, new ExampleReader(text, limits));
    }

    public override async ValueTask<ExampleDraft?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_lines is not null)
        {
            return await _lines.ReadAsync(cancellationToken) ? _drafts.Of(_lines.Example.Root) : null;
        }

        if (!await _items!.ReadAsync(cancellationToken))
        {
            return null;
        }

        if (!Utf8.IsValid(_items.Item.Span))
        {
            return ExampleDraft.Refused("It is not text in UTF-8.");
        }

        return _item.Parse(new Line(_items.Line, 0, OneLine.Of(_items.Item.Span))) is null && _item.Root.IsObject
            ? _drafts.Of(_item.Root)
            : ExampleDraft.Refused("It is no JSON object.");
    }

    public override void Dispose()
    {
        _items?.Dispose();
        _lines?.Dispose();
    }
}
