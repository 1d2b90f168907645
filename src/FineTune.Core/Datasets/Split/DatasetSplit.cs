using System.Text;
using FineTune.Datasets.Formats;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Repair;
using FineTune.Datasets.Writing;

namespace FineTune.Datasets.Split;

/// <summary>
/// Divides a dataset into training, validation and test examples so that nothing leaks: what is the same, or of the same group, is
/// on the same side. Reads twice and holds no example; memory is that of <see cref="ExampleGroups"/>.
/// </summary>
public sealed class DatasetSplit(SplitOptions options, InspectionLimits? limits = null)
{
    /// <summary>More examples are refused; they would take more than 400 MB of memory to keep apart.</summary>
    public const int MostExamples = 2_000_000;

    private static readonly string[] KeysOfFormats =
    [
        "messages", "tools", "parallel_tool_calls", "functions", "prompt", "completion", "input", "preferred_output", "non_preferred_output",
    ];

    private readonly InspectionLimits _limits = limits ?? new InspectionLimits();
    private readonly LineEdits _edits = new();
    private int _withoutGroup;
    private int _withoutStratum;

    /// <param name="source">Seekable; read twice from its start.</param>
    /// <param name="validation">Where its examples go; unused when it has no share.</param>
    /// <exception cref="UnreadableDatasetException">A line is no example, there are too many, or a side would stay empty.</exception>
    public async Task<SplitReport> RunAsync(Stream source, Stream train, Stream validation, Stream test, CancellationToken cancellationToken)
    {
        (ExampleGroups examples, string sha256) = await GroupAsync(source, cancellationToken);
        (List<ExampleGroup> groups, int[] groupOf) = examples.Settle();
        Side[] sides = SideAllotment.Of(groups, SharesOf(examples.Examples), options.Seed);
        int[] counts = CountSides(groups, sides);
        source.Position = 0;
        await WriteAsync(source, [train, validation, test], example => example < groupOf.Length ? sides[groupOf[example]] : Side.Train, sha256, cancellationToken);
        int largest = groups.Max(group => group.Size);
        return new SplitReport(
            examples.Examples, groups.Count, largest, _withoutGroup, counts[(int)Side.Train], counts[(int)Side.Validation], counts[(int)Side.Test], options.Seed);
    }

    private async Task<(ExampleGroups Examples, string Sha256)> GroupAsync(Stream source, CancellationToken cancellationToken)
    {
        using ExampleReader reader = new(source, _limits);
        ExampleGroups examples = new();
        (_withoutGroup, _withoutStratum) = (0, 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (examples.Examples == MostExamples)
            {
                throw new UnreadableDatasetException($"There are more than {MostExamples:N0} examples, the most that is split in one go.");
            }

            Add(reader.Example.Root, examples);
        }

        RequireFields(examples.Examples);
        return (examples, reader.Sha256());
    }

    /// <summary>A field that no example has is a slip of the pen.</summary>
    private void RequireFields(int examples)
    {
        if (examples == 0)
        {
            throw new UnreadableDatasetException("The file holds no example.");
        }

        string? missing = _withoutGroup == examples ? options.GroupBy : _withoutStratum == examples ? options.StratifyBy : null;
        if (missing is not null)
        {
            throw new UnreadableDatasetException($"No example has the field '{missing}'. Check its name; a field inside another is written as metadata.customer.");
        }
    }

    private void Add(JsonValue example, ExampleGroups examples)
    {
        ulong? stratum = options.StratifyBy switch
        {
            null => 0,
            SplitOptions.ByAnswer => ExampleKeys.Answer(example),
            var field => ExampleKeys.Field(example, field),
        };
        _withoutStratum += stratum is null ? 1 : 0;
        switch (options.GroupBy)
        {
            case SplitOptions.ByExample:
                examples.Add(example.Fingerprint, example: null, stratum ?? 0);
                break;
            case SplitOptions.ByPrompt:
                examples.Add(ExampleKeys.Prompt(example), example: null, stratum ?? 0);
                break;
            default:
                ulong? field = ExampleKeys.Field(example, options.GroupBy);
                _withoutGroup += field is null ? 1 : 0;
                examples.Add(field ?? ExampleKeys.Prompt(example), example.Fingerprint, stratum ?? 0);
                break;
        }
    }

    private double[] SharesOf(int examples)
    {
        double validation = options.Validation.Of(examples) / Math.Max(examples, 1);
        double test = options.Test.Of(examples) / Math.Max(examples, 1);
        return validation + test < 1
            ? [1 - validation - test, validation, test]
            : throw new UnreadableDatasetException($"Nothing would be left to train on: there are {examples:N0} examples. Ask for fewer in validation and test.");
    }

    private int[] CountSides(List<ExampleGroup> groups, Side[] sides)
    {
        int[] counts = new int[3];
        foreach (var group in groups)
        {
            counts[(int)sides[group.Index]] += group.Size;
        }

        bool hasEmpty = counts[(int)Side.Train] == 0
            || (!options.Validation.IsNone && counts[(int)Side.Validation] == 0)
            || (!options.Test.IsNone && counts[(int)Side.Test] == 0);
        return hasEmpty
            ? throw new UnreadableDatasetException(
                $"One side would stay empty: there are {groups.Count:N0} groups of examples that must stay together. Ask for larger sides, or group by less (--group-by example).")
            : counts;
    }

    private async Task WriteAsync(Stream source, Stream[] files, Func<int, Side> sideOf, string sha256, CancellationToken cancellationToken)
    {
        using ExampleReader reader = new(source, _limits);
        await using LineWriter train = new(files[0]);
        await using LineWriter validation = new(files[1]);
        await using LineWriter test = new(files[2]);
        for (int example = 0; await reader.ReadAsync(cancellationToken); example++)
        {
            LineWriter writer = sideOf(example) switch { Side.Train => train, Side.Validation => validation, _ => test };
            Write(reader.Example.Root, writer);
            await writer.FlushSomeAsync(cancellationToken);
        }

        foreach (LineWriter writer in (LineWriter[])[train, validation, test])
        {
            await writer.FlushAsync(cancellationToken);
        }

        if (reader.Sha256() != sha256)
        {
            throw new IOException("The file was changed while it was being split. Split it again when nobody writes to it.");
        }
    }

    private void Write(JsonValue example, LineWriter writer)
    {
        foreach (string field in options.Fields)
        {
            FindNote(example, field);
        }

        writer.Write(_edits.Any ? _edits.Apply(example.Written, []) : example.Written);
    }

    // A field that only says what belongs together is not the provider's, which would refuse it.
    private void FindNote(JsonValue example, string field)
    {
        bool isTrained = FormatDetection.Of(example) is DatasetFormat.Chat or DatasetFormat.Preference or DatasetFormat.Completion;
        if (isTrained && !ExampleKeys.IsPrompt(example) && !KeysOfFormats.Contains(field) && example.Get(Encoding.UTF8.GetBytes(field)) is { IsMissing: false } value)
        {
            PropertyEdit.Delete(example, value, _edits, repair: null);
        }
    }
}
