using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Dedupe;

/// <summary>Reads examples that were kept once more from the file, to compare them word for word.</summary>
internal sealed class KeptExamples(Stream dataset)
{
    private readonly List<(long Offset, int Length, int Line)> _places = [];
    private readonly JsonLine _example = new(new ProblemLog(maxKept: 0));
    private byte[] _buffer = [];

    public int Count => _places.Count;

    public void Add(in Line line) => _places.Add((line.Offset, line.Bytes.Length, line.Number));

    public int LineOf(int number) => _places[number - 1].Line;

    /// <param name="number">1 for the first that was added.</param>
    public JsonLine Read(int number)
    {
        var (offset, length, line) = _places[number - 1];
        if (_buffer.Length < length)
        {
            _buffer = new byte[length * 2];
        }

        dataset.Position = offset;
        dataset.ReadExactly(_buffer, 0, length);
        return _example.Parse(new Line(line, offset, _buffer.AsMemory(0, length))) is null
            ? _example
            : throw new IOException("The file was changed while it was being read. Try again when nobody writes to it.");
    }
}
