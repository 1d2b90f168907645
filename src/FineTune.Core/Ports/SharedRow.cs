namespace FineTune.Ports;

/// <summary>
/// A small row that many runs write, such as the spending of a month or a place in the line for the provider's jobs. What its body
/// means is the business of whoever writes it; the ledger only sees to it that nobody writes over what somebody else has written meanwhile.
/// </summary>
/// <param name="Group">Rows of one group can be written together; letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Name">Unique in its group; letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Body">At most 32,000 characters; null removes the row when it is written, and no row that was read has none.</param>
/// <param name="ETag">The ledger's own optimistic lock; null for a row that must not be there yet.</param>
public sealed record SharedRow(string Group, string Name, string? Body, string? ETag = null);
