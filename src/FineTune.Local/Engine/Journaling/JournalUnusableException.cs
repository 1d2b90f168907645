namespace FineTune.Local.Engine.Journaling;

/// <summary>The journal cannot be opened or written; nothing was done.</summary>
internal sealed class JournalUnusableException(string message, Exception? cause = null) : Exception(message, cause);
