using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Similarity;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>What the parts of a content must be: texts anywhere, images in the user's messages, a refusal in the assistant's.</summary>
internal sealed class PartChecks(ProblemLog problems, ExampleTokens tokens, TextSketcher sketcher, ImageChecks images)
{
    private static readonly string[] KnownTypes =
    [
        "text", "image_url", "refusal", "input_text", "output_text", "input_image", "image", "input_audio", "audio", "file",
        "input_file", "video", "tool_use", "tool_result",
    ];

    public void Judge(ChatMessage message)
    {
        foreach (var part in message.Content.Items)
        {
            if (part.IsObject)
            {
                JudgePart(message, part, part.Get("type"u8));
            }
            else
            {
                problems.Add(PartRules.NotObject, part, Quote.Kind(part));
            }
        }
    }

    private void JudgePart(ChatMessage message, JsonValue part, JsonValue type)
    {
        if (type.Is("text"u8))
        {
            JudgeText(message, part, "text"u8);
        }
        else if (type.Is("refusal"u8) && message.Role == ChatRole.Assistant)
        {
            JudgeText(message, part, "refusal"u8);
        }
        else if (type.Is("image_url"u8))
        {
            JudgeKeys(part, "image_url"u8);
            images.Judge(message, part);
        }
        else
        {
            problems.Add(PartRules.UnknownType, type.IsMissing ? part : type, Quote.Word(type, KnownTypes));
        }
    }

    private void JudgeText(ChatMessage message, JsonValue part, ReadOnlySpan<byte> key)
    {
        JudgeKeys(part, key);
        var text = part.Get(key);
        if (!text.IsString || text.Text.IsEmpty)
        {
            problems.Add(PartRules.TextWrong, text.IsMissing ? part : text, Quote.Kind(text));
            return;
        }

        tokens.AddText(text.Text);
        if (message.IsPartOfTalk)
        {
            sketcher.Add(text.Text);
        }
    }

    private void JudgeKeys(JsonValue part, ReadOnlySpan<byte> key)
    {
        foreach (var property in part.Properties)
        {
            if (!property.Name.Text.SequenceEqual("type"u8) && !property.Name.Text.SequenceEqual(key))
            {
                problems.Add(PartRules.UnknownKey, property.Name, Quote.Key(property.Name.Text));
            }
        }
    }
}
