using System.Text;
using System.Text.Json;
using FineTune.Datasets.Formats;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Conversion;

/// <summary>Reads an example of any format that is known, and flat objects with the keys that were named.</summary>
internal sealed class DraftOfJson(ConvertOptions options)
{
    private const string NotText = "It holds something else than text (images, tool calls), which no other format can say.";

    public ExampleDraft Of(JsonValue example)
    {
        if (options.Columns.Prompt is not null || options.Columns.Answer is not null)
        {
            return OfKeys(example);
        }

        return FormatDetection.Of(example) switch
        {
            DatasetFormat.Chat => OfMessages(example.Get("messages"u8), "role"u8, "content"u8),
            DatasetFormat.ShareGpt => OfMessages(example.Get("conversations"u8), "from"u8, "value"u8),
            DatasetFormat.Gemini => OfMessages(example.Get("contents"u8), "role"u8, "parts"u8),
            DatasetFormat.Completion => OfCompletion(example),
            DatasetFormat.Instruction => OfInstruction(example),
            DatasetFormat.Preference => ExampleDraft.Refused("It is in preference format already."),
            DatasetFormat.PlainText => OfPlainText(example),
            _ => OfKeys(example),
        };
    }

    private static ExampleDraft OfMessages(JsonValue messages, ReadOnlySpan<byte> roleKey, ReadOnlySpan<byte> textKey)
    {
        if (!messages.IsArray)
        {
            return ExampleDraft.Refused("It has no list of messages.");
        }

        List<Turn> turns = [];
        foreach (var message in messages.Items)
        {
            string? role = message.IsObject && message.Get(roleKey) is { IsString: true } speaker ? RoleOf(Text(speaker)) : null;
            string? text = role is null ? null : TextOf(message.Get(textKey));
            if (role is null || text is null)
            {
                return ExampleDraft.Refused(role is null ? "A message's speaker is none of system, user, assistant or their usual other names." : NotText);
            }

            turns.Add(new Turn(role, text));
        }

        return new ExampleDraft(turns);
    }

    private static string? RoleOf(string speaker) => speaker.ToUpperInvariant() switch
    {
        "SYSTEM" or "DEVELOPER" => "system",
        "USER" or "HUMAN" => "user",
        "ASSISTANT" or "GPT" or "CHATGPT" or "MODEL" or "BOT" => "assistant",
        _ => null,
    };

    // A text, or parts that all are texts.
    private static string? TextOf(JsonValue content)
    {
        if (content.IsString)
        {
            return Text(content);
        }

        if (!content.IsArray)
        {
            return null;
        }

        StringBuilder text = new();
        foreach (var part in content.Items)
        {
            if (!part.IsObject || part.Get("text"u8) is not { IsString: true } words)
            {
                return null;
            }

            text.Append(Text(words));
        }

        return text.ToString();
    }

    private ExampleDraft OfCompletion(JsonValue example)
    {
        string? prompt = Optional(example.Get("prompt"u8));
        string? completion = Optional(example.Get("completion"u8));
        return prompt is null || completion is null
            ? ExampleDraft.Refused("Its prompt or completion is no text.")
            : CompletionMarks.Strip(prompt, completion, options);
    }

    private static ExampleDraft OfInstruction(JsonValue example)
    {
        string? instruction = Optional(example.Get("instruction"u8));
        string? output = Optional(example.Get("output"u8));
        string input = Optional(example.Get("input"u8)) ?? "";
        return instruction is null || output is null
            ? ExampleDraft.Refused("Its instruction or output is no text.")
            : Draft(null, input.Length == 0 ? instruction : $"{instruction}\n\n{input}", output, null);
    }

    private static ExampleDraft OfPlainText(JsonValue example) => Optional(example.Get("text"u8)) is { } text
        ? new ExampleDraft([new Turn("assistant", text)])
        : ExampleDraft.Refused("Its text is no text.");

    private ExampleDraft OfKeys(JsonValue example)
    {
        string? answer = Find(example, options.Columns.Answer, ColumnNames.UsualAnswers);
        string? prompt = Find(example, options.Columns.Prompt, ColumnNames.UsualPrompts);
        return answer is null || prompt is null
            ? ExampleDraft.Refused("It has no text under the keys for prompt and answer; name them with --prompt and --answer.")
            : Draft(
                Find(example, options.Columns.System, ColumnNames.UsualSystems), prompt, answer,
                Find(example, options.Columns.Rejected, ColumnNames.UsualRejected));
    }

    private static ExampleDraft Draft(string? system, string prompt, string answer, string? rejected)
    {
        List<Turn> turns = string.IsNullOrEmpty(system) ? [] : [new Turn("system", system)];
        if (prompt.Length > 0)
        {
            turns.Add(new Turn("user", prompt));
        }

        turns.Add(new Turn("assistant", answer));
        return new ExampleDraft(turns, rejected);
    }

    private static string? Find(JsonValue example, string? name, string[] usual)
    {
        foreach (string key in name is null ? usual : [name])
        {
            foreach (var (found, value) in example.Properties)
            {
                if (Ascii.EqualsIgnoreCase(found.Text, key) || (name is not null && found.Text.SequenceEqual(Encoding.UTF8.GetBytes(name))))
                {
                    return Optional(value);
                }
            }
        }

        return null;
    }

    // A number or truth value is as good as its text.
    private static string? Optional(JsonValue value)
        => value.IsMissing || value.Kind is JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.Null ? null : Text(value);

    private static string Text(JsonValue value) => Encoding.UTF8.GetString(value.Text);
}
