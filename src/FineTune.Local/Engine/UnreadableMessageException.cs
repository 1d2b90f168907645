namespace FineTune.Local.Engine;

/// <summary>A message in the journal does not fit today's types. Says where, never what: messages stay out of logs.</summary>
internal sealed class UnreadableMessageException(string what, Type expected, string? path)
    : PermanentFailureException($"{what} cannot be read as {expected.Name}{(path is null ? "" : $" at {path}")}: "
        + "it was written in another shape. Run the version that wrote it, or teach the type the old shape.");
