using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FineTune.Datasets.Conversion;

/// <summary>Writes drafts in the format that was asked for; what the format cannot say is refused, not bent.</summary>
internal sealed class DraftWriter(ConvertOptions options)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>The example last written, as one line of JSON.</summary>
    public ReadOnlySpan<byte> Line => _line.WrittenSpan;

    /// <summary>Null, or why the draft cannot be written.</summary>
    public string? Write(ExampleDraft draft)
    {
        if (draft.Problem is not null)
        {
            return draft.Problem;
        }

        if (draft.Turns is [] || draft.Turns[^1].Role != "assistant")
        {
            return "It does not end with an answer.";
        }

        _line.ResetWrittenCount();
        using Utf8JsonWriter writer = new(_line, Json);
        writer.WriteStartObject();
        string? problem = options.Target switch
        {
            ConvertTarget.Completion => WriteCompletion(writer, draft),
            ConvertTarget.Preference => WritePreference(writer, draft),
            _ => WriteChat(writer, draft),
        };
        writer.WriteEndObject();
        return problem;
    }

    private string? WriteChat(Utf8JsonWriter writer, ExampleDraft draft)
    {
        WriteMessages(writer, "messages", WithSystem(draft.Turns));
        return HasPrompt(draft) ? null : "It has an answer and no prompt, which a chat cannot begin with.";
    }

    private string? WritePreference(Utf8JsonWriter writer, ExampleDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Rejected) || !HasPrompt(draft))
        {
            return "It lacks the prompt or the worse answer that a preference needs.";
        }

        writer.WriteStartObject("input");
        WriteMessages(writer, "messages", WithSystem([.. draft.Turns.Take(draft.Turns.Count - 1)]));
        writer.WriteEndObject();
        WriteMessages(writer, "preferred_output", [draft.Turns[^1]]);
        WriteMessages(writer, "non_preferred_output", [new Turn("assistant", draft.Rejected)]);
        return null;
    }

    private string? WriteCompletion(Utf8JsonWriter writer, ExampleDraft draft)
    {
        string? system = draft.Turns is [{ Role: "system" }, ..] ? draft.Turns[0].Text : options.System;
        var turns = draft.Turns.SkipWhile(turn => turn.Role == "system").ToArray();
        if (turns.Length > 2 || (turns.Length == 2 && turns[0].Role != "user"))
        {
            return "It is a conversation of several turns; a prompt and completion can say one only.";
        }

        string user = turns.Length == 2 ? turns[0].Text : "";
        string text = system is null ? user : $"{system}\n\n{user}";
        var (prompt, completion, problem) = CompletionMarks.Add(text, turns[^1].Text, options);
        writer.WriteString("prompt", prompt);
        writer.WriteString("completion", completion);
        return problem;
    }

    private static bool HasPrompt(ExampleDraft draft) => draft.Turns.Any(turn => turn.Role == "user");

    private IReadOnlyList<Turn> WithSystem(IReadOnlyList<Turn> turns)
        => options.System is null || turns is [{ Role: "system" }, ..] ? turns : [new Turn("system", options.System), .. turns];

    private static void WriteMessages(Utf8JsonWriter writer, string name, IReadOnlyList<Turn> turns)
    {
        writer.WriteStartArray(name);
        foreach (var turn in turns)
        {
            writer.WriteStartObject();
            writer.WriteString("role", turn.Role);
            writer.WriteString("content", turn.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
