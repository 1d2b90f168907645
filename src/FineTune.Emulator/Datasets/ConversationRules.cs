using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>The provider's schema for the messages of an example together: who follows whom, and that every tool call is answered.</summary>
internal static class ConversationRules
{
    /// <summary>The first problem of messages that are well-formed one by one, as the rest of a sentence, or null.</summary>
    public static string? FirstProblem(JsonElement messages)
    {
        var open = new HashSet<string>();
        string? last = null;
        int index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            string role = message.GetProperty("role").GetString()!;
            string? problem = role == "assistant" && last == "assistant" ? "follows another message with role \"assistant\""
                : role == "tool" ? AnswerProblem(message, open)
                : open.Count > 0 ? "comes before every tool call was answered"
                : CallsProblem(message, role, open);
            if (problem is not null)
            {
                return $"messages[{index}]: {problem}";
            }

            last = role;
            index++;
        }

        return null;
    }

    /// <summary>Whether the model has the last word, as supervised training wants it.</summary>
    public static bool EndsWithAssistant(JsonElement messages) => MessageRules.IsFromAssistant(messages[messages.GetArrayLength() - 1]);

    /// <summary>Whether the model is asked last, as reinforcement training wants it.</summary>
    public static bool EndsWithUser(JsonElement messages) => messages[messages.GetArrayLength() - 1].GetProperty("role").ValueEquals("user");

    private static string? AnswerProblem(JsonElement message, HashSet<string> open)
        => message.TryGetProperty("tool_call_id", out var id) && id.ValueKind == JsonValueKind.String && open.Remove(id.GetString()!)
            ? null
            : "key \"tool_call_id\": expected the id of an open tool call";

    private static string? CallsProblem(JsonElement message, string role, HashSet<string> open)
    {
        if (!message.TryGetProperty("tool_calls", out var calls) || calls.ValueKind == JsonValueKind.Null)
        {
            return message.TryGetProperty("function_call", out var call) && role != "assistant" && call.ValueKind != JsonValueKind.Null
                ? "key \"function_call\": only assistant messages can have one"
                : null;
        }

        if (role != "assistant" || calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() == 0)
        {
            return "key \"tool_calls\": expected an array of calls, in an assistant message";
        }

        return calls.EnumerateArray().Select(call => ToolRules.CallProblem(call, open)).FirstOrDefault(problem => problem is not null);
    }
}
