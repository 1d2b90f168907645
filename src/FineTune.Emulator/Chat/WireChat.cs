using System.Text.Json.Serialization;
using FineTune.Emulator.Datasets;

namespace FineTune.Emulator.Chat;

/// <summary>A chat completion on the wire. The fingerprint says that it is simulated.</summary>
internal sealed record WireChatCompletion(string Id, long Created, string Model, IReadOnlyList<WireChatChoice> Choices, WireUsage Usage)
{
    public string Object { get; } = "chat.completion";

    public string SystemFingerprint { get; } = "emulator";

    public string ServiceTier { get; } = "default";
}

internal sealed record WireChatChoice(WireChatMessage Message)
{
    public int Index { get; }

    public string? Logprobs { get; }

    public string FinishReason { get; } = "stop";
}

internal sealed record WireChatMessage(string Content)
{
    public string Role { get; } = "assistant";

    public string? Refusal { get; }

    public IReadOnlyList<string> Annotations { get; } = [];
}

internal sealed record WireUsage(int PromptTokens, int CompletionTokens)
{
    public int TotalTokens => PromptTokens + CompletionTokens;

    public static WireUsage Of(int promptTokens, string answer) => new(promptTokens, TokenEstimate.OfText(answer));
}

/// <summary>One server-sent piece of a chat completion.</summary>
internal sealed record WireChatChunk(string Id, long Created, string Model, IReadOnlyList<WireChunkChoice> Choices)
{
    public string Object { get; } = "chat.completion.chunk";

    public string SystemFingerprint { get; } = "emulator";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireUsage? Usage { get; init; }
}

internal sealed record WireChunkChoice(WireDelta Delta)
{
    public int Index { get; }

    public string? FinishReason { get; init; }
}

internal sealed record WireDelta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content);

/// <summary>A legacy completion on the wire.</summary>
internal sealed record WireCompletion(string Id, long Created, string Model, IReadOnlyList<WireCompletionChoice> Choices, WireUsage Usage)
{
    public string Object { get; } = "text_completion";

    public string SystemFingerprint { get; } = "emulator";
}

internal sealed record WireCompletionChoice(string Text)
{
    public int Index { get; }

    public string? Logprobs { get; }

    public string FinishReason { get; } = "stop";
}
