namespace FineTune.Ports;

/// <summary>The row was changed by somebody else since it was read. Reading it again and repeating the change cures it.</summary>
public sealed class LedgerConflictException(string row)
    : Exception($"{row} was changed by somebody else since it was read. Read it again and repeat the change.");
