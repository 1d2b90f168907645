namespace FineTune.Datasets.Conversion;

/// <summary>An example between two formats.</summary>
/// <param name="Turns">The conversation, its last turn the answer.</param>
/// <param name="Rejected">The worse answer of a preference.</param>
/// <param name="Problem">Why there is none.</param>
internal sealed record ExampleDraft(IReadOnlyList<Turn> Turns, string? Rejected = null, string? Problem = null)
{
    public static ExampleDraft Refused(string problem) => new([], Problem: problem);
}

/// <param name="Role">In the provider's words: system, user or assistant.</param>
internal sealed record Turn(string Role, string Text);
