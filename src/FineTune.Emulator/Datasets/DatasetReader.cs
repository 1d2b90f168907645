using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;

namespace FineTune.Emulator.Datasets;

/// <summary>Reads a JSONL stream once, line by line, holding one line at a time. Lines above 16 MiB are a problem, not a buffer.</summary>
internal sealed class DatasetReader
{
    private const int LongestLine = 16 * 1024 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };
    private readonly HashSet<long> _seen = [];
    private DatasetFormat _format;
    private DatasetProblem? _problem;
    private DatasetProblem? _unlearnable;
    private DatasetProblem? _notAsking;
    private HashSet<string>? _keys;
    private int? _blankLine;
    private int _line;
    private int _examples;
    private int _duplicates;
    private long _tokens;

    public static async Task<DatasetFacts> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = new DatasetReader();
        await foreach (var line in ReadLinesAsync(stream, cancellationToken))
        {
            reader.Take(line);
        }

        return new DatasetFacts(reader._format, reader._examples, reader._tokens, reader._duplicates, reader._problem, reader._unlearnable)
        {
            NotAsking = reader._notAsking,
            Keys = [.. reader._keys ?? []],
        };
    }

    /// <summary>The lines of a stream, without their ends. A line is valid until the next one is asked for.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync(
        Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TryTakeLine(ref buffer, read.IsCompleted, out var line))
            {
                yield return line.IsSingleSegment ? line.First : line.ToArray();
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        await pipe.CompleteAsync();
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool completed, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        bool last = (completed && !buffer.IsEmpty) || buffer.Length > LongestLine;
        line = last ? buffer : default;
        buffer = last ? buffer.Slice(buffer.End) : buffer;
        return last;
    }

    private void Take(ReadOnlyMemory<byte> memory)
    {
        _line++;
        var line = Trim(memory, first: _line == 1);
        if (line.IsEmpty || _problem is not null)
        {
            _blankLine ??= line.IsEmpty ? _line : null;
            return;
        }

        if (_blankLine is { } blank)
        {
            // One at the end is a line end too many; before an example it is a line that is no JSON.
            _problem = new DatasetProblem(NotJson: true, blank, "is blank");
            return;
        }

        if (line.Length > LongestLine || !Utf8.IsValid(line.Span))
        {
            _problem = new DatasetProblem(NotJson: true, _line, "is not UTF-8 text of a usable length");
            return;
        }

        Parse(line);
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line, bool first)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        line = first && line.Span.StartsWith(mark) ? line[mark.Length..] : line;
        var trimmed = line.Span.Trim(" \t\r"u8);
        return trimmed.IsEmpty ? default : line.Slice(line.Span.IndexOf(trimmed), trimmed.Length);
    }

    private void Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            Judge(document.RootElement, line.Span);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a lone surrogate escape, found only when the string is read.
            _problem = new DatasetProblem(NotJson: true, _line, "is not a valid JSON object");
        }
    }

    private void Judge(JsonElement example, ReadOnlySpan<byte> line)
    {
        if (example.ValueKind != JsonValueKind.Object)
        {
            _problem = new DatasetProblem(NotJson: true, _line, "is not a JSON object; every line must be one");
            return;
        }

        _format = _format == DatasetFormat.Unknown ? ExampleRules.FormatOf(example) : _format;
        if (ExampleRules.FirstProblem(_format, example) is { } text)
        {
            _problem = new DatasetProblem(NotJson: false, _line, text);
            return;
        }

        _unlearnable ??= _format == DatasetFormat.Chat && ExampleRules.SilenceOf(example) is { } silence
            ? new DatasetProblem(NotJson: false, _line, silence)
            : null;
        NoteForGraders(example);
        _examples++;
        _tokens += TokenEstimate.OfExample(_format, example);
        _duplicates += _seen.Add(Fingerprint(line)) ? 0 : 1;
    }

    private void NoteForGraders(JsonElement example)
    {
        if (_format == DatasetFormat.Chat && !ConversationRules.EndsWithUser(example.GetProperty("messages")))
        {
            _notAsking ??= new DatasetProblem(NotJson: false, _line, "key \"messages\": the last message must have role \"user\"");
        }

        var keys = example.EnumerateObject().Select(property => property.Name);
        if (_keys is null)
        {
            _keys = [.. keys];
        }
        else
        {
            _keys.IntersectWith(keys);
        }
    }

    private static long Fingerprint(ReadOnlySpan<byte> line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        return BitConverter.ToInt64(hash);
    }
}
