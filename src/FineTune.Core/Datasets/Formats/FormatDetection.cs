using FineTune.Catalogue;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats;

/// <summary>Tells an example's format from its keys, and which format a model and method want.</summary>
internal static class FormatDetection
{
    /// <summary>Null when the keys are those of no known format.</summary>
    public static DatasetFormat? Of(JsonValue example)
    {
        bool Has(ReadOnlySpan<byte> key) => !example.Get(key).IsMissing;
        return Has("messages"u8) ? DatasetFormat.Chat
            : Has("preferred_output"u8) || Has("non_preferred_output"u8) ? DatasetFormat.Preference
            : Has("chosen"u8) && Has("rejected"u8) ? DatasetFormat.ChosenRejected
            : Has("prompt"u8) && Has("completion"u8) ? DatasetFormat.Completion
            : Has("conversations"u8) ? DatasetFormat.ShareGpt
            : Has("instruction"u8) && Has("output"u8) ? DatasetFormat.Instruction
            : Has("contents"u8) ? DatasetFormat.Gemini
            : Has("question"u8) && Has("answer"u8) ? DatasetFormat.QuestionAnswer
            : Has("text"u8) ? DatasetFormat.PlainText
            : null;
    }

    public static DatasetFormat Wanted(FineTuneSpec spec, ModelFacts? model)
        => spec.Method == TrainingMethod.Preference ? DatasetFormat.Preference
        : model is { IsCompletionModel: true } ? DatasetFormat.Completion
        : DatasetFormat.Chat;

    /// <summary>As a sentence names it.</summary>
    public static string NameOf(DatasetFormat format) => format switch
    {
        DatasetFormat.Chat => "chat (messages)",
        DatasetFormat.Preference => "preference (input, preferred_output, non_preferred_output)",
        DatasetFormat.Completion => "prompt/completion",
        DatasetFormat.ShareGpt => "ShareGPT (conversations with from and value)",
        DatasetFormat.Instruction => "instruction/output",
        DatasetFormat.ChosenRejected => "chosen/rejected",
        DatasetFormat.Gemini => "Gemini (contents with parts)",
        DatasetFormat.QuestionAnswer => "question/answer",
        _ => "plain text",
    };
}
