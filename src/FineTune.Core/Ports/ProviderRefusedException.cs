namespace FineTune.Ports;

/// <summary>The provider understood and said no: the same call will get the same answer.</summary>
public sealed class ProviderRefusedException(int status, ProviderError error)
    : PermanentFailureException($"The provider refused with HTTP {status}{(error.Code is null ? "" : $" ({error.Code})")}: {error.Message}")
{
    public int Status { get; } = status;

    public ProviderError Error { get; } = error;
}
