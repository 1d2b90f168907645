using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>What a dataset's metadata asks for: <c>finetune_model</c>, <c>finetune_epochs</c> and so on, the members of <see cref="StartRequest"/>.</summary>
internal static partial class MetadataRequest
{
    private const string Prefix = "finetune_";

    /// <summary>Null where nothing is asked for. Metadata of others is theirs.</summary>
    /// <exception cref="InvalidRequestException">Something with our prefix is nothing we know.</exception>
    public static StartRequest? Of(string dataset, IReadOnlyDictionary<string, string> metadata)
    {
        JsonObject asked = [];
        foreach ((string name, string value) in metadata.Where(one => one.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            asked[MemberOf(name)] = value;
        }

        try
        {
            StartRequest? request = asked.Count == 0 ? null : asked.Deserialize(Json.Default.StartRequest);
            return request is null or { Grader: null, ResponseFormat: null } ? request
                : throw new InvalidRequestException(
                    $"The metadata of '{dataset}' cannot hold a grader. Put it into {DatasetNames.BesideNameOf(dataset, DatasetNames.SpecSuffix)}, beside the dataset.");
        }
        catch (JsonException unreadable)
        {
            throw new InvalidRequestException(
                $"The metadata of '{dataset}' ({Prefix}*) cannot be read: {UnreadableJson.Explain(unreadable)} Mend it or remove it.");
        }
    }

    /// <summary>Case does not count: <c>finetune_batch_size</c> is <c>BatchSize</c>.</summary>
    private static string MemberOf(string name) => name[Prefix.Length..].Replace("_", "", StringComparison.Ordinal);

    /// <summary>Metadata are texts, numbers among them.</summary>
    [JsonSourceGenerationOptions(
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(StartRequest))]
    private sealed partial class Json : JsonSerializerContext;
}
