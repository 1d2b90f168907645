namespace FineTune.Functions.Storage;

/// <summary>Tables hold rows of at most 1 MiB.</summary>
public sealed class RowTooLargeException(string key, int length, int atMost)
    : PermanentFailureException($"The row '{key}' is {length:N0} characters long; a table holds at most {atMost:N0}. Shorten the settings it was made from.");
