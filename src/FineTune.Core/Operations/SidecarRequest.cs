using System.Text.Json;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>What the file beside a dataset, <c>NAME.finetune.json</c>, asks for.</summary>
public static class SidecarRequest
{
    /// <summary>Which dataset it is about follows from its name, and a run's id is for the one run that is asked for.</summary>
    private static readonly string[] NotBesideADataset = ["dataset", "runId"];

    private static string Known => string.Join(", ", FineTuneJson.Default.StartRequest.Properties.Select(member => member.Name).Except(NotBesideADataset));

    /// <param name="sidecar">Null where there is none.</param>
    /// <exception cref="InvalidRequestException">It is not what is expected there.</exception>
    public static async Task<StartRequest?> ReadAsync(Stream? sidecar, string dataset, CancellationToken cancellationToken)
    {
        try
        {
            StartRequest? request = sidecar is null ? null
                : await JsonSerializer.DeserializeAsync(sidecar, FineTuneJson.Default.StartRequest, cancellationToken);
            return request is null or { Dataset: null, RunId: null } ? request
                : throw new InvalidRequestException(
                    $"The settings beside '{dataset}' ({DatasetNames.SpecSuffix}) name a dataset or a run; they are always about '{dataset}', and its runs get their ids by themselves. Remove that.");
        }
        catch (JsonException unreadable)
        {
            throw new InvalidRequestException(
                $"The settings beside '{dataset}' ({DatasetNames.SpecSuffix}) cannot be read: {UnreadableJson.Explain(unreadable)} Mend or remove that file; known are {Known}.");
        }
    }
}
