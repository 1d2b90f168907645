using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Provider;

/// <summary>The metadata by which a job says whose it is. The provider takes 16 pairs, and 512 characters a value.</summary>
public static class JobMetadata
{
    public const string Key = "ft_key";

    public const string Attempt = "ft_attempt";

    /// <summary>Which of our deployments asked, where several share an account.</summary>
    public const string Installation = "ft_installation";

    /// <summary>A <see cref="JobOrigin"/> as JSON; what does not fit goes on in <c>ft_origin_2</c> and so on.</summary>
    public const string Origin = "ft_origin";

    private const int LongestValue = 512;
    private const int MostOriginPairs = 12;

    public static JsonObject Write(NewJob job, string? installation)
    {
        JsonObject metadata = new()
        {
            [Key] = job.Key,
            [Attempt] = job.Attempt.ToString(CultureInfo.InvariantCulture),
        };
        if (installation is not null)
        {
            metadata[Installation] = installation;
        }

        // ASCII, for the reader's sake escaped: no value can be cut inside a character.
        string origin = job.Origin is null ? "" : JsonSerializer.Serialize(job.Origin, FineTuneJson.Default.JobOrigin);
        if (origin.Length <= LongestValue * MostOriginPairs)
        {
            string[] parts = [.. origin.Chunk(LongestValue).Select(part => new string(part))];
            for (int i = 0; i < parts.Length; i++)
            {
                metadata[OriginName(i)] = parts[i];
            }
        }

        return metadata;
    }

    /// <summary>Null where there is none, or none that can be read.</summary>
    public static JobOrigin? ReadOrigin(JsonElement metadata)
    {
        StringBuilder text = new();
        for (int i = 0; i < MostOriginPairs && metadata.Field(OriginName(i))?.Word() is { } part; i++)
        {
            text.Append(part);
        }

        try
        {
            return text.Length == 0 ? null : JsonSerializer.Deserialize(text.ToString(), FineTuneJson.Default.JobOrigin);
        }
        catch (JsonException)
        {
            return null; // Somebody else's, or changed by somebody else.
        }
    }

    private static string OriginName(int part) => part == 0 ? Origin : string.Create(CultureInfo.InvariantCulture, $"{Origin}_{part + 1}");
}
