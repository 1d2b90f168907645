namespace FineTune.Ports;

/// <summary>What a run asks a person, and until when.</summary>
/// <param name="Reason">One sentence: what it may cost and which limit that is above.</param>
/// <param name="RemindAt">When it is asked for again.</param>
/// <param name="Deadline">When no answer means no.</param>
/// <param name="OverMonth">The answer counts for going beyond the month's budget, too.</param>
public sealed record ApprovalRequest(string Reason, DateTimeOffset AskedAt, DateTimeOffset RemindAt, DateTimeOffset Deadline, bool OverMonth = false);

/// <summary>A person's answer.</summary>
/// <param name="Key">The content and spec it is about; it counts for no other.</param>
/// <param name="AskedAt">Of the request it answers.</param>
public sealed record ApprovalDecision(bool Approved, string By, DateTimeOffset At, string Key, DateTimeOffset AskedAt);
