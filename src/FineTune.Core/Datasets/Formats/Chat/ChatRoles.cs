using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>The provider's words for who speaks, and the words people write instead.</summary>
internal static class ChatRoles
{
    /// <summary>May appear in reports: they are ours, not the dataset's.</summary>
    public static readonly string[] KnownWords =
    [
        "system", "developer", "user", "assistant", "tool", "function", "bot", "ai", "human", "model", "gpt", "chatgpt", "agent",
        "customer", "client", "support", "person", "prompter", "instruction", "tools", "users", "assistants", "asistant", "assitant",
    ];

    /// <summary>How many there are, the unknown one included.</summary>
    public const int Count = (int)ChatRole.Function + 1;

    /// <summary>As the provider writes it.</summary>
    public static string WordFor(ChatRole role) => role.ToString().ToLowerInvariant();

    public static ChatRole Read(JsonValue role)
        => role.Is("user"u8) ? ChatRole.User
        : role.Is("assistant"u8) ? ChatRole.Assistant
        : role.Is("system"u8) ? ChatRole.System
        : role.Is("tool"u8) ? ChatRole.Tool
        : role.Is("developer"u8) ? ChatRole.Developer
        : role.Is("function"u8) ? ChatRole.Function
        : ChatRole.Unknown;

    /// <summary>As a sentence names who speaks.</summary>
    public static string NameOf(ChatRole role) => role switch
    {
        ChatRole.System => "the system",
        ChatRole.Developer => "the developer",
        ChatRole.User => "the user",
        ChatRole.Assistant => "the assistant",
        ChatRole.Tool => "a tool",
        ChatRole.Function => "a function",
        _ => "an unknown role",
    };
}
