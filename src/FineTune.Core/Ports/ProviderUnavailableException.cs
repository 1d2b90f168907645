namespace FineTune.Ports;

/// <summary>The provider did not answer, or said "later": trying again can help.</summary>
public sealed class ProviderUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
