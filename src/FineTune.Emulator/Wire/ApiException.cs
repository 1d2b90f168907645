namespace FineTune.Emulator.Wire;

/// <summary>A request the provider would refuse, with the status and the error object it would answer.</summary>
internal sealed class ApiException(
    int status, string message, string? param = null, string? code = null, string type = ApiException.InvalidRequest)
    : Exception(message)
{
    public const string InvalidRequest = "invalid_request_error";

    public int Status { get; } = status;

    public WireError Error { get; } = new(message, type, param, code);

    public static ApiException BadRequest(string message, string? param = null, string? code = null) => new(400, message, param, code);
}
