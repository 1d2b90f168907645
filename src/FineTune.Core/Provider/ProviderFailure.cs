using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Sockets;
using System.Text.Json;
using Azure.Identity;
using FineTune.Ports;

namespace FineTune.Provider;

/// <summary>Turns the package's failures into ours: what passes, and what does not.</summary>
internal static class ProviderFailure
{
    /// <summary>Every way in which a call can end without a whole answer, but for our own wish to stop.</summary>
    public static bool IsTransport(Exception failure, CancellationToken cancellationToken)
        => !cancellationToken.IsCancellationRequested
            && failure is ClientResultException or HttpRequestException or IOException or OperationCanceledException or TimeoutException
                or AggregateException;

    /// <summary>No connection, so not a byte of ours reached anybody.</summary>
    public static bool NothingWasSent(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }
                or SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                return true;
            }
        }

        return false;
    }

    public static async Task<PipelineResponse> GuardAsync(
        string what, Func<Task<PipelineResponse>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (ClientResultException answered) when (answered.GetRawResponse() is { } response)
        {
            throw Of(response);
        }
        catch (AuthenticationFailedException noToken)
        {
            throw new ProviderUnavailableException($"No token for the provider could be had ({what}): {noToken.Message.Split('\n')[0].Trim()}", noToken);
        }
        catch (Exception failure) when (IsTransport(failure, cancellationToken))
        {
            throw new ProviderUnavailableException($"The provider did not answer ({what}).", failure);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            // No JSON, or JSON of another kind than the package's reader takes for granted.
            throw new ProviderUnavailableException($"The provider's answer could not be read ({what}).", unreadable);
        }
    }

    /// <summary>
    /// For calls that cost nothing, a lost key or right is a passing thing: a person mends it, and no model is lost meanwhile.
    /// </summary>
    public static Exception Of(PipelineResponse response)
    {
        ProviderError error = ReadError(response.Content)?.ToError() ?? new ProviderError(null, null, "it gave no reason");
        return response.Status is 400 or 404 or 405 or 410 or 413 or 415 or 422
            ? new ProviderRefusedException(response.Status, error)
            : new ProviderUnavailableException($"The provider answered HTTP {response.Status}: {error.Message}");
    }

    public static WireError? ReadError(BinaryData content)
    {
        try
        {
            return JsonSerializer.Deserialize(content.ToMemory().Span, ProviderJson.Default.WireErrorAnswer)?.Error;
        }
        catch (JsonException)
        {
            return null; // A proxy's HTML page, say.
        }
    }
}
