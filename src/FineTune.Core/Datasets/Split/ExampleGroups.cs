namespace FineTune.Datasets.Split;

/// <summary>
/// Which examples must stay together: those of one group, and groups that have an example in common. Takes about 100 bytes
/// an example, and the division that follows as much again.
/// </summary>
internal sealed class ExampleGroups
{
    private readonly Dictionary<ulong, int> _byKey = [];
    private readonly Dictionary<ulong, int> _byExample = [];
    private readonly List<int> _groupOf = [];
    private readonly List<int> _parents = [];
    private readonly List<ulong> _strata = [];

    public int Examples => _groupOf.Count;

    /// <param name="key">Of its group.</param>
    /// <param name="example">Of the whole example; null when two that are the same have the same key anyway.</param>
    public void Add(ulong key, ulong? example, ulong stratum)
    {
        int group = GroupOf(key, stratum);
        _groupOf.Add(group);
        if (example is { } whole && !_byExample.TryAdd(whole, group))
        {
            Join(_byExample[whole], group);
        }
    }

    /// <summary>The groups that are left after joining, each with the size, and for every example the group it is in.</summary>
    public (List<ExampleGroup> Groups, int[] GroupOf) Settle()
    {
        Dictionary<int, int> settled = [];
        List<ExampleGroup> groups = [];
        int[] groupOf = new int[_groupOf.Count];
        for (int example = 0; example < groupOf.Length; example++)
        {
            int root = RootOf(_groupOf[example]);
            if (!settled.TryGetValue(root, out int group))
            {
                settled[root] = group = groups.Count;
                groups.Add(new ExampleGroup(group, _strata[root], Size: 0));
            }

            groupOf[example] = group;
            groups[group] = groups[group] with { Size = groups[group].Size + 1 };
        }

        return (groups, groupOf);
    }

    private int GroupOf(ulong key, ulong stratum)
    {
        if (_byKey.TryGetValue(key, out int group))
        {
            return group;
        }

        group = _byKey[key] = _parents.Count;
        _parents.Add(group);
        _strata.Add(stratum);
        return group;
    }

    private void Join(int one, int other)
    {
        (one, other) = (RootOf(one), RootOf(other));
        _parents[Math.Max(one, other)] = Math.Min(one, other);
    }

    private int RootOf(int group)
    {
        while (_parents[group] != group)
        {
            group = _parents[group] = _parents[_parents[group]];
        }

        return group;
    }
}
