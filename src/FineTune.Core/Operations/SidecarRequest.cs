using System.Text.Json;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>What the file beside a dataset, <c>NAME.finetune.json</c>, asks for.</summary>
public static class SidecarRequest
{
    private static string Known => string.Join(", ", FineTuneJson.Default.StartRequest.Properties.Select(member => member.Name));

    /// <param name="sidecar">Null where there is none.</param>
    /// <exception cref="InvalidRequestException">It is not what is expected there.</exception>
    public static async Task<StartRequest?> ReadAsync(Stream? sidecar, string dataset, CancellationToken cancellationToken)
    {
        try
        {
            return sidecar is null ? null : await JsonSerializer.DeserializeAsync(sidecar, FineTuneJson.Default.StartRequest, cancellationToken);
        }
        catch (JsonException unreadable)
        {
            throw new InvalidRequestException(
                $"The settings beside '{dataset}' ({DatasetNames.SpecSuffix}) cannot be read: {unreadable.Message} Mend or remove that file; known are {Known}.");
        }
    }
}
