namespace FineTune.Ports;

/// <summary>What became of the call that costs money.</summary>
public abstract record CreateJobAnswer
{
    private CreateJobAnswer()
    {
    }

    /// <summary>There is a job, it is ours, and this is its id.</summary>
    public sealed record Created(ProviderJob Job) : CreateJobAnswer;

    /// <summary>Surely no job was made.</summary>
    /// <param name="RetryAfter">When asking again can help; null when it cannot.</param>
    /// <param name="Limit">Which limit on jobs is reached; null for every other reason.</param>
    public sealed record Rejected(ProviderError Error, TimeSpan? RetryAfter, JobLimit? Limit = null) : CreateJobAnswer;

    /// <summary>Surely no job was made, and none will be for this account until a person acts.</summary>
    /// <param name="Closed">The provider trains no more for this account, as opposed to a key or a balance to mend.</param>
    public sealed record Fatal(ProviderError Error, bool Closed) : CreateJobAnswer;

    /// <summary>Nobody can tell: a job may exist. Look before another call is even considered.</summary>
    public sealed record Ambiguous(string Reason) : CreateJobAnswer;
}
