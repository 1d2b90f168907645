using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FineTune.Ports;

namespace FineTune.Provider;

// The wire as it was recorded, not as it is specified: fields may be missing, null or empty objects, and unknown ones are ignored.

internal sealed record WireList<T>
{
    // Nullable, for a missing member is null here whatever an initialiser says: the generated reader sets every init member.
    public IReadOnlyList<T>? Data { get; init; }

    [JsonIgnore]
    public IReadOnlyList<T> Items => Data ?? [];

    public bool HasMore { get; init; }
}

internal sealed record WireFile
{
    public string? Id { get; init; }

    public string? Filename { get; init; }

    public long? Bytes { get; init; }

    public string? Status { get; init; }

    public JsonElement? StatusDetails { get; init; }

    public long? CreatedAt { get; init; }

    public long? ExpiresAt { get; init; }

    public ProviderFile ToFile() => new(
        Id ?? "", Filename ?? "", Bytes ?? 0, Status ?? "", StatusDetails?.Word() is { } words ? ProviderText.Clean(words) : null)
    {
        CreatedAt = WireTime.Of(CreatedAt ?? 0),
        ExpiresAt = ExpiresAt is { } at ? WireTime.Of(at) : null,
    };
}

internal sealed record WireJob
{
    public string? Object { get; init; }

    public string? Id { get; init; }

    public string? Status { get; init; }

    public string? Model { get; init; }

    public string? FineTunedModel { get; init; }

    public string? TrainingFile { get; init; }

    public string? ValidationFile { get; init; }

    public long? TrainedTokens { get; init; }

    public long? CreatedAt { get; init; }

    public IReadOnlyList<JsonElement>? ResultFiles { get; init; }

    public JsonElement? Metadata { get; init; }

    public WireError? Error { get; init; }

    public ProviderJob ToJob() => new(
        Id ?? "", new JobStatus(Status ?? ""), Model ?? "", TrainingFile ?? "", WireTime.Of(CreatedAt ?? 0))
    {
        ModelId = string.IsNullOrEmpty(FineTunedModel) ? null : FineTunedModel,
        TrainedTokens = TrainedTokens,
        ResultFileIds = [.. (ResultFiles ?? []).Select(IdOf).OfType<string>()],
        Key = Metadata?.Field(JobMetadata.Key)?.Word(),
        Installation = Metadata?.Field(JobMetadata.Installation)?.Word(),
        Origin = Metadata is { } metadata ? JobMetadata.ReadOrigin(metadata) : null,
        ValidationFileId = string.IsNullOrEmpty(ValidationFile) ? null : ValidationFile,
        Error = Error?.ToError(),
    };

    /// <summary>Ids, or whole file objects as some servers send them.</summary>
    private static string? IdOf(JsonElement file) => file.Field("id")?.Word() ?? file.Word();
}

internal sealed record WireErrorAnswer
{
    public WireError? Error { get; init; }
}

internal sealed record WireError
{
    public JsonElement? Message { get; init; }

    public JsonElement? Type { get; init; }

    public JsonElement? Param { get; init; }

    public JsonElement? Code { get; init; }

    /// <summary>Null for <c>{}</c>, which healthy jobs carry.</summary>
    public ProviderError? ToError() => (Message?.Word() ?? Code?.Word()) is { } words
        ? new ProviderError(Code?.Word(), Param?.Word(), ProviderText.Clean(words)) : null;
}

internal sealed record WireEvent
{
    public string? Id { get; init; }

    public long? CreatedAt { get; init; }

    public string? Level { get; init; }

    public string? Message { get; init; }

    public string? Type { get; init; }

    public JsonElement? Data { get; init; }

    public RunEvent ToEvent() => new(
        Id ?? "", WireTime.Of(CreatedAt ?? 0), Level ?? "info", Type ?? "message", ProviderText.Clean(Message ?? ""), Metrics());

    private Dictionary<string, double>? Metrics()
    {
        if (Data is not { ValueKind: JsonValueKind.Object } data)
        {
            return null;
        }

        Dictionary<string, double> numbers = [];
        foreach (JsonProperty property in data.EnumerateObject())
        {
            // A number beyond a double's range is read as infinity, which no JSON of ours could hold.
            if (property.Value.ValueKind is JsonValueKind.Number && double.IsFinite(property.Value.GetDouble()))
            {
                numbers[property.Name] = property.Value.GetDouble();
            }
        }

        return numbers.Count > 0 ? numbers : null;
    }
}

internal sealed record WireCheckpoint
{
    public string? FineTunedModelCheckpoint { get; init; }

    public int? StepNumber { get; init; }

    public WireCheckpointMetrics? Metrics { get; init; }

    public Checkpoint ToCheckpoint() => new(FineTunedModelCheckpoint ?? "", StepNumber ?? 0, Metrics?.TrainLoss, Metrics?.ValidLoss);
}

internal sealed record WireCheckpointMetrics
{
    public double? TrainLoss { get; init; }

    public double? ValidLoss { get; init; }
}

internal sealed record WireModel
{
    public string? Id { get; init; }

    /// <summary>OpenAI's: a day, as text.</summary>
    public JsonElement? ShutdownDate { get; init; }

    /// <summary>Azure's: seconds since 1970, for training and for answering apart.</summary>
    public JsonElement? Deprecation { get; init; }

    public ProviderModel ToModel() => new(Id ?? "", DayOf(ShutdownDate) ?? DayOf(Deprecation?.Field("inference")));

    private static DateOnly? DayOf(JsonElement? moment) => moment switch
    {
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(
            text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime),
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out long seconds) && seconds > 0
            => DateOnly.FromDateTime(WireTime.Of(seconds).UtcDateTime),
        _ => null,
    };
}

/// <summary>Seconds since 1970. What no calendar holds becomes the nearest moment: an odd time must not hide a job that is paid for.</summary>
internal static class WireTime
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static DateTimeOffset Of(long seconds) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, Last));
}

internal static class WireElement
{
    public static JsonElement? Field(this JsonElement element, string name)
        => element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out JsonElement field) ? field : null;

    /// <summary>A text, or a number as text; null for everything else.</summary>
    public static string? Word(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };
}

internal sealed record WireChatAnswer
{
    public IReadOnlyList<WireChoice>? Choices { get; init; }
}

internal sealed record WireChoice
{
    public WireMessage? Message { get; init; }
}

internal sealed record WireMessage(string? Role, string? Content);

internal sealed record WireQuestion(string Model, IReadOnlyList<WireMessage> Messages);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(WireFile))]
[JsonSerializable(typeof(WireJob))]
[JsonSerializable(typeof(WireErrorAnswer))]
[JsonSerializable(typeof(WireList<WireFile>))]
[JsonSerializable(typeof(WireList<WireJob>))]
[JsonSerializable(typeof(WireList<WireEvent>))]
[JsonSerializable(typeof(WireList<WireCheckpoint>))]
[JsonSerializable(typeof(WireList<WireModel>))]
[JsonSerializable(typeof(WireModel))]
[JsonSerializable(typeof(WireChatAnswer))]
[JsonSerializable(typeof(WireQuestion))]
internal sealed partial class ProviderJson : JsonSerializerContext;
