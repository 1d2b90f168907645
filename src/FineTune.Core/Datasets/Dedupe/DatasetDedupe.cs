using FineTune.Datasets.Reading;
using FineTune.Datasets.Writing;

namespace FineTune.Datasets.Dedupe;

/// <summary>
/// Writes a dataset anew without its repeated examples, of which the first is kept. A near search reads the file twice: first to
/// learn what all examples have in common.
/// </summary>
public sealed class DatasetDedupe(DedupeOptions options, InspectionLimits? limits = null)
{
    private const int MostListed = 100_000;

    private readonly InspectionLimits _limits = limits ?? new InspectionLimits();

    /// <param name="open">Opens the dataset for reading from its start; seekable. Called up to three times.</param>
    /// <exception cref="UnreadableDatasetException">A line is no example.</exception>
    public async Task<DedupeReport> RunAsync(Func<Stream> open, Stream destination, CancellationToken cancellationToken)
    {
        if (options.Near is not { } likeness)
        {
            return await RunAsync(open, near: null, destination, cancellationToken);
        }

        var common = await CountAsync(open, cancellationToken);
        await using Stream again = open();
        return await RunAsync(open, new NearDuplicates(likeness, options.MostExamples, common, again), destination, cancellationToken);
    }

    private async Task<DedupeReport> RunAsync(Func<Stream> open, NearDuplicates? near, Stream destination, CancellationToken cancellationToken)
    {
        await using Stream source = open();
        using ExampleReader reader = new(source, _limits);
        await using LineWriter writer = new(destination);
        Tally tally = new(near, options.MostExamples);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (tally.Take(reader.Example))
            {
                writer.Write(reader.Example.Root.Written);
                await writer.FlushSomeAsync(cancellationToken);
            }
        }

        await writer.FlushAsync(cancellationToken);
        return tally.ToReport(writer.Count);
    }

    private async Task<CommonTriples> CountAsync(Func<Stream> open, CancellationToken cancellationToken)
    {
        await using Stream source = open();
        using ExampleReader reader = new(source, _limits);
        CommonTriples common = new();
        WordTriples words = new();
        while (await reader.ReadAsync(cancellationToken))
        {
            common.Count(words.Of(reader.Example));
        }

        return common;
    }

    private sealed class Tally(NearDuplicates? near, int mostExamples)
    {
        private readonly ExampleIdentity _identity = new();
        private readonly Dictionary<UInt128, int> _lines = [];
        private readonly List<DroppedExample> _dropped = [];
        private int _examples;
        private int _same;
        private int _near;
        private bool _comparedAll = true;

        /// <summary>Whether the example is to be kept.</summary>
        public bool Take(JsonLine example)
        {
            _examples++;
            var identity = _identity.Of(example);
            if (_lines.TryGetValue(identity, out int first))
            {
                _same++;
                List(new DroppedExample(example.Line.Number, first, 1));
                return false;
            }

            if (near?.Find(example) is { } like)
            {
                _near++;
                List(like);
                return false;
            }

            Remember(identity, example.Line.Number);
            return true;
        }

        public DedupeReport ToReport(int kept) => new()
        {
            Examples = _examples,
            Kept = kept,
            Same = _same,
            Near = _near,
            Dropped = _dropped,
            ComparedAll = _comparedAll,
        };

        private void Remember(UInt128 identity, int line)
        {
            if (_lines.Count < mostExamples)
            {
                _lines.Add(identity, line);
            }
            else
            {
                _comparedAll = false;
            }
        }

        private void List(DroppedExample dropped)
        {
            if (_dropped.Count < MostListed)
            {
                _dropped.Add(dropped);
            }
        }
    }
}
