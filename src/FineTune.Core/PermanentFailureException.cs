namespace FineTune;

/// <summary>Trying again cannot help. Hosts never retry an activity that throws this.</summary>
public abstract class PermanentFailureException(string message) : Exception(message);
