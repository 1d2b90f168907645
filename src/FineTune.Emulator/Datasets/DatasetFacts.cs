namespace FineTune.Emulator.Datasets;

/// <summary>All a job ever needs to know about a file, learnt in one pass when it arrived.</summary>
/// <param name="Unlearnable">The first chat example that has nothing to learn, or keys for a grader: fatal unless the method is reinforcement.</param>
internal sealed record DatasetFacts(
    DatasetFormat Format, int Examples, long Tokens, int Duplicates, DatasetProblem? Problem, DatasetProblem? Unlearnable)
{
    /// <summary>The first chat example whose last message is not the user's: fatal when the method is reinforcement.</summary>
    public DatasetProblem? NotAsking { get; init; }

    /// <summary>The keys that every example has; a grader may ask for these only. Null in journals of before.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    public double DuplicateShare => Examples == 0 ? 0 : (double)Duplicates / Examples;

    public double TokensPerExample => Examples == 0 ? 0 : (double)Tokens / Examples;
}

/// <summary>The shape of a file's examples, decided by the first one.</summary>
internal enum DatasetFormat
{
    Unknown,
    Chat,
    Completion,
    Preference,
}

/// <summary>The first thing wrong in a file, without any of its text.</summary>
/// <param name="NotJson">True where a line is not JSON at all; false where it is JSON of the wrong shape.</param>
/// <param name="Line">Counted from 1.</param>
internal sealed record DatasetProblem(bool NotJson, int Line, string Text);
