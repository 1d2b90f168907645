namespace FineTune.Provider;

/// <summary>What an answer to the call that costs money says about whether a job exists.</summary>
public enum AnswerClass
{
    /// <summary>A readable 2xx; whether it holds a job of ours is for the reader to see.</summary>
    Readable,

    /// <summary>Surely no job, and asking again later can help.</summary>
    RejectedForNow,

    /// <summary>Surely no job, and the same call will get the same answer.</summary>
    Rejected,

    /// <summary>Surely no job, and nothing will help until a person acts: key, balance, limit.</summary>
    Fatal,

    /// <summary>Surely no job, for the provider trains no more for this account.</summary>
    Closed,

    /// <summary>Nobody can tell: look before posting again.</summary>
    Ambiguous,
}
