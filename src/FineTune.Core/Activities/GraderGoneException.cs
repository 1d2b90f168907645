namespace FineTune.Activities;

/// <summary>A run began with a grader that is no longer there: without it, or with another one, something else would be trained.</summary>
public sealed class GraderGoneException(string place)
    : PermanentFailureException($"The grader this run began with, '{place}', is gone or was changed. Start the run again, with its grader.");
