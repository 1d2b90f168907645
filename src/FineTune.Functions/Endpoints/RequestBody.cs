using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FineTune.Operations;
using Microsoft.AspNetCore.Http;

namespace FineTune.Functions.Endpoints;

/// <summary>Reads JSON bodies, and says what is wrong with those that are none.</summary>
internal static class RequestBody
{
    public static async Task<T> ReadAsync<T>(this HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Send JSON, with the header Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, cancellationToken)
                ?? throw new BadHttpRequestException("The request's body is null. Send a JSON object.");
        }
        catch (JsonException unreadable)
        {
            throw new BadHttpRequestException($"The request's body is not the JSON expected here: {UnreadableJson.Explain(unreadable)}", unreadable);
        }
    }
}
