namespace FineTune.Emulator.Wire;

/// <summary>One page of a list that carries no ids of its own: jobs, events, models.</summary>
internal sealed record WirePage<T>(IReadOnlyList<T> Data, bool HasMore)
{
    public string Object { get; } = "list";
}

/// <summary>One page of a list that names its first and last item, null where it is empty: files, checkpoints.</summary>
internal sealed record WireIdPage<T>(IReadOnlyList<T> Data, bool HasMore, string? FirstId, string? LastId)
{
    public string Object { get; } = "list";
}
