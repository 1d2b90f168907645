namespace FineTune.Operations;

/// <summary>What was asked for cannot be done as asked; the message says what to change.</summary>
public sealed class InvalidRequestException(string message) : PermanentFailureException(message);
