using System.Globalization;
using FineTune.Operations;
using FineTune.Ports;
using Microsoft.AspNetCore.Http;

namespace FineTune.Functions.Endpoints;

/// <summary>What a request says beside its body.</summary>
internal static class RequestValues
{
    private const string EntraName = "X-MS-CLIENT-PRINCIPAL-NAME";
    private const int UsualLimit = 100;

    /// <summary>Who calls. Built-in authentication sets the name and removes one that a caller sent; without it, the name is only a claim.</summary>
    public static string Caller(this HttpRequest request, string orElse = "an HTTP request")
        => request.Headers[EntraName].ToString() is { Length: > 0 } name ? name : orElse;

    /// <exception cref="InvalidRequestException">It is none.</exception>
    public static RunStatus? StatusAsked(this HttpRequest request)
    {
        string? asked = request.Query["status"];
        return string.IsNullOrEmpty(asked) ? null
            : Enum.TryParse(asked, ignoreCase: true, out RunStatus status) && Enum.IsDefined(status) ? status
            : throw new InvalidRequestException($"'{asked}' is no status of a run. Use one of {string.Join(", ", Enum.GetNames<RunStatus>())}.");
    }

    /// <exception cref="InvalidRequestException">It is no number above 0.</exception>
    public static int LimitAsked(this HttpRequest request)
    {
        string? asked = request.Query["limit"];
        return string.IsNullOrEmpty(asked) ? UsualLimit
            : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit > 0 ? limit
            : throw new InvalidRequestException($"limit is '{asked}'. Use a number above 0, or leave it out for {UsualLimit}.");
    }
}
