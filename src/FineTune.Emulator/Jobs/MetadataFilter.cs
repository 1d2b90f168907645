using FineTune.Emulator.State;

namespace FineTune.Emulator.Jobs;

/// <summary>The list filter <c>metadata[key]=value</c>, any number of times; <c>metadata=null</c> asks for jobs without any.</summary>
internal sealed record MetadataFilter(IReadOnlyDictionary<string, string> Pairs, bool Absent)
{
    public static readonly MetadataFilter None = new(new Dictionary<string, string>(), Absent: false);

    public static MetadataFilter Parse(IQueryCollection query)
    {
        const string Opening = "metadata[";
        var pairs = query
            .Where(p => p.Key.StartsWith(Opening, StringComparison.Ordinal) && p.Key.EndsWith(']'))
            .ToDictionary(p => p.Key[Opening.Length..^1], p => p.Value.ToString());
        return new MetadataFilter(pairs, query["metadata"] == "null");
    }

    /// <summary>The matching jobs, newest first; a filter by pairs looks only at the jobs that carry the first of them.</summary>
    public IEnumerable<FineTuningJob> Select(EmulatorState state)
    {
        var candidates = Pairs.Count == 0
            ? state.Jobs.Newest()
            : state.JobsByMetadata.GetValueOrDefault(Pairs.First(), []).Select(id => state.Jobs.Find(id)!);
        return candidates.Where(j => Covers(j.Request.Metadata));
    }

    private bool Covers(Dictionary<string, string>? metadata) => Absent
        ? metadata is null
        : Pairs.All(p => metadata is not null && metadata.TryGetValue(p.Key, out string? value) && value == p.Value);
}
