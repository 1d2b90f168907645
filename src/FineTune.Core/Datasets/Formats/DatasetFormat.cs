using System.Text.Json.Serialization;

namespace FineTune.Datasets.Formats;

/// <summary>The shapes examples come in; the provider trains the first three, the others need converting.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatasetFormat>))]
public enum DatasetFormat
{
    /// <summary><c>messages</c>.</summary>
    [JsonStringEnumMemberName("chat")]
    Chat,

    /// <summary><c>input</c>, <c>preferred_output</c>, <c>non_preferred_output</c>.</summary>
    [JsonStringEnumMemberName("preference")]
    Preference,

    /// <summary><c>prompt</c>, <c>completion</c>.</summary>
    [JsonStringEnumMemberName("completion")]
    Completion,

    /// <summary><c>conversations</c> with <c>from</c> and <c>value</c>.</summary>
    [JsonStringEnumMemberName("sharegpt")]
    ShareGpt,

    /// <summary><c>instruction</c>, <c>output</c>.</summary>
    [JsonStringEnumMemberName("instruction")]
    Instruction,

    /// <summary><c>prompt</c>, <c>chosen</c>, <c>rejected</c>.</summary>
    [JsonStringEnumMemberName("chosen-rejected")]
    ChosenRejected,

    /// <summary><c>contents</c> with <c>parts</c>.</summary>
    [JsonStringEnumMemberName("gemini")]
    Gemini,

    /// <summary><c>question</c>, <c>answer</c>.</summary>
    [JsonStringEnumMemberName("question-answer")]
    QuestionAnswer,

    /// <summary><c>text</c> alone.</summary>
    [JsonStringEnumMemberName("plain-text")]
    PlainText,
}
