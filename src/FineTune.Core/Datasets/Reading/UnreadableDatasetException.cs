namespace FineTune.Datasets.Reading;

/// <summary>A file cannot be rewritten as asked because of what is in it; the message names the line and what to do.</summary>
public sealed class UnreadableDatasetException(string message) : PermanentFailureException(message);
