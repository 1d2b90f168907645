namespace FineTune.Datasets.Rules;

/// <summary>Rules about the file as bytes and lines.</summary>
public static class FileRules
{
    public static readonly DatasetRule Empty = new(
        "file-empty", Severity.Error,
        "The file holds no example.",
        "Write one JSON object per line, each an example.",
        "provider: a training file needs at least 10 examples");

    public static readonly DatasetRule NotText = new(
        "file-not-text", Severity.Error,
        "The file is {0}, not text; expected JSON Lines in UTF-8. Nothing after its first bytes was read.",
        "Unpack or export it to a .jsonl file in UTF-8 first.",
        "provider: only .jsonl files are accepted");

    public static readonly DatasetRule Utf16 = new(
        "file-utf16", Severity.Error,
        "The file is encoded in {0}; expected UTF-8. Nothing after its first bytes was read.",
        "Save it again as UTF-8 (in PowerShell: Set-Content -Encoding utf8NoBOM).",
        "RFC 8259 §8.1");

    public static readonly DatasetRule ByteOrderMark = new(
        "file-bom", Severity.Warning,
        "The file starts with a UTF-8 byte order mark; OpenAI asks for none, Azure OpenAI accepts one.",
        "Save it as UTF-8 without BOM.",
        "RFC 8259 §8.1; provider guidance");

    public static readonly DatasetRule NameNotJsonl = new(
        "file-name", Severity.Warning,
        "The file's name does not end with .jsonl; the provider takes no other for fine-tuning.",
        "Rename it.",
        "provider: only .jsonl files are accepted");

    public static readonly DatasetRule TooLarge = new(
        "file-too-large", Severity.Error,
        "The file has {0:N0} bytes; the provider takes at most {1:N0}.",
        "Train on a sample, or split the file.",
        "provider: 512 MB per file");

    public static readonly DatasetRule ReadingStopped = new(
        "reading-stopped", Severity.Error,
        "Reading stopped in line {0}: {1}. What comes after was not looked at.",
        "Mend what is reported up to there and check again.",
        "ours: bounds time and memory on hostile files");

    public static readonly DatasetRule BlankLine = new(
        "line-blank", Severity.Error,
        "Blank lines stand between the examples, {0} of them here; expected one JSON object per line.",
        "Delete them.",
        "JSON Lines; provider: every line is parsed");

    public static readonly DatasetRule BlankLastLine = new(
        "line-blank-at-end", Severity.Note,
        "The file ends with a line of white space.",
        "Delete it when convenient.",
        "JSON Lines");

    public static readonly DatasetRule LineTooLong = new(
        "line-too-long", Severity.Error,
        "The line is longer than {0:N0} bytes, the most that is read as one example; one image of 10 MB fits, and the provider takes ten of them.",
        "Shorten the example. Give images as https addresses, or smaller: the provider scales them down to 768 by 2,048 pixels anyway.",
        "ours: bounds memory on hostile files");

    public static readonly DatasetRule CarriageReturn = new(
        "line-ends-crlf", Severity.Note,
        "Lines end with CR LF, as on Windows; JSON Lines uses LF, providers read both.",
        "Nothing to do; save with LF line ends when convenient.",
        "JSON Lines");

    public static readonly DatasetRule InvalidUtf8 = new(
        "utf8-invalid", Severity.Error,
        "The bytes here are not UTF-8; they look like {0}.",
        "Save the file as UTF-8; look for text pasted from another encoding.",
        "RFC 8259 §8.1");

    public static readonly DatasetRule NulByte = new(
        "nul-byte", Severity.Error,
        "The line holds a NUL byte, which no JSON text may.",
        "Remove it; it usually comes from UTF-16 text or a damaged file.",
        "RFC 8259 §7");

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        Empty, NotText, Utf16, ByteOrderMark, NameNotJsonl, TooLarge, ReadingStopped, BlankLine, BlankLastLine, LineTooLong, CarriageReturn,
        InvalidUtf8, NulByte,
    ];
}
