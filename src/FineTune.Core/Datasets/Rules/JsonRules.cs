namespace FineTune.Datasets.Rules;

/// <summary>Rules about each line being exactly one well-formed JSON object.</summary>
public static class JsonRules
{
    private const string Json = "RFC 8259";
    private const string JsonLines = "JSON Lines; provider: every line is parsed on its own";

    public static readonly DatasetRule TrailingComma = new(
        "json-trailing-comma", Severity.Error,
        "There is a comma after the example's closing brace; in JSON Lines examples stand on lines of their own, without commas.",
        "Delete the comma at the end of the line.",
        JsonLines);

    public static readonly DatasetRule Array = new(
        "json-array", Severity.Error,
        "The file is one JSON array; expected JSON Lines: one object per line, without brackets around and commas between.",
        "Write each item of the array on a line of its own (jq -c '.[]' file.json).",
        JsonLines);

    public static readonly DatasetRule ManyLines = new(
        "json-over-many-lines", Severity.Error,
        "The example is spread over many lines; expected one whole JSON object per line. Its lines were not looked at further.",
        "Write each example on one line (jq -c . file.json).",
        JsonLines);

    public static readonly DatasetRule Incomplete = new(
        "json-incomplete", Severity.Error,
        "The line ends before its JSON does: a quotation mark, bracket or brace is still open.",
        "Complete the line; look for a cut-off copy or an unescaped line break inside a text (write it as \\n).",
        Json);

    public static readonly DatasetRule TwoValues = new(
        "json-two-values", Severity.Error,
        "A second JSON value follows on the same line; expected one object per line.",
        "Break the line between the two.",
        JsonLines);

    public static readonly DatasetRule TextAfter = new(
        "json-text-after", Severity.Error,
        "Something follows the example's closing brace on the same line.",
        "Delete what follows the closing brace.",
        JsonLines);

    public static readonly DatasetRule NotJson = new(
        "json-not-json", Severity.Error,
        "The line does not start like JSON; expected an object, starting with a brace.",
        "Write the example as a JSON object on one line; convert CSV or plain text first.",
        JsonLines);

    public static readonly DatasetRule NotAnObject = new(
        "line-not-object", Severity.Error,
        "The line is {0}; expected an object.",
        "Write the example as {\"messages\": [...]}.",
        JsonLines);

    public static readonly DatasetRule ControlCharacter = new(
        "json-control-character", Severity.Error,
        "A raw control character (a tab, for instance) stands inside a text; JSON wants it escaped.",
        "Write a tab as \\t, a line break as \\n.",
        "RFC 8259 §7");

    public static readonly DatasetRule BadEscape = new(
        "json-bad-escape", Severity.Error,
        "A backslash is followed by something that is no JSON escape.",
        "Double the backslash (\\\\), or use one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX.",
        "RFC 8259 §7");

    public static readonly DatasetRule SingleQuotes = new(
        "json-single-quotes", Severity.Error,
        "A single quotation mark opens a text or key; JSON knows only double ones.",
        "Write with json.dumps or another JSON writer instead of printing a Python dictionary.",
        Json);

    public static readonly DatasetRule SmartQuotes = new(
        "json-smart-quotes", Severity.Error,
        "A typographic quotation mark opens a text or key; JSON knows only the straight double one.",
        "Replace typographic quotation marks around texts and keys by straight ones.",
        Json);

    public static readonly DatasetRule CommaBeforeEnd = new(
        "json-comma-before-end", Severity.Error,
        "A comma stands directly before a closing bracket or brace.",
        "Delete the comma.",
        Json);

    public static readonly DatasetRule MissingComma = new(
        "json-missing-comma", Severity.Error,
        "Two values or properties follow each other without a comma.",
        "Put a comma between them.",
        Json);

    public static readonly DatasetRule MissingColon = new(
        "json-missing-colon", Severity.Error,
        "A key is not followed by a colon.",
        "Put a colon between the key and its value.",
        Json);

    public static readonly DatasetRule UnescapedQuote = new(
        "json-unescaped-quote", Severity.Error,
        "A text ends here and something else than a comma or closing bracket follows: probably a quotation mark inside it is not escaped.",
        "Write quotation marks inside texts as \\\".",
        "RFC 8259 §7");

    public static readonly DatasetRule UnquotedKey = new(
        "json-unquoted-key", Severity.Error,
        "A key has no quotation marks.",
        "Put double quotation marks around every key.",
        Json);

    public static readonly DatasetRule WrongLiteral = new(
        "json-wrong-literal", Severity.Error,
        "A bare word stands where a value is expected; JSON's are true, false and null, in lower case (not True, None, NaN or undefined).",
        "Use true, false or null, or put quotation marks around a text.",
        Json);

    public static readonly DatasetRule Comment = new(
        "json-comment", Severity.Error,
        "A comment stands in the line; JSON has none.",
        "Delete the comment.",
        Json);

    public static readonly DatasetRule BadNumber = new(
        "json-bad-number", Severity.Error,
        "A number is not written as JSON wants it (no leading zeros, plus signs or bare points).",
        "Write 0.5 instead of .5, 1 instead of +1 or 01.",
        "RFC 8259 §6");

    public static readonly DatasetRule WrongBracket = new(
        "json-wrong-bracket", Severity.Error,
        "A closing bracket or brace stands here that does not match the one that is open.",
        "Close brackets with ] and braces with }, in the order they were opened.",
        Json);

    public static readonly DatasetRule Invalid = new(
        "json-invalid", Severity.Error,
        "The line is not valid JSON from here on.",
        "Compare with a line that is accepted, or write the file with a JSON library.",
        Json);

    public static readonly DatasetRule TooDeep = new(
        "json-too-deep", Severity.Error,
        "The line nests deeper than 64 levels.",
        "Flatten the example; chat examples need fewer than 10 levels, tool schemas some more.",
        "ours: the depth common JSON readers stop at");

    public static readonly DatasetRule TooManyValues = new(
        "json-too-many-values", Severity.Error,
        "The line holds more than 400,000 JSON values, the most that is read as one example.",
        "Shorten the example.",
        "ours: bounds memory on hostile files");

    public static readonly DatasetRule DuplicateKey = new(
        "json-duplicate-key", Severity.Warning,
        "The object has {0} twice; readers take the last one, and nothing is learned of the other.",
        "Keep one of them.",
        "RFC 8259 §4");

    public static readonly DatasetRule LoneSurrogate = new(
        "json-lone-surrogate", Severity.Error,
        "An escape \\uD800 to \\uDFFF stands alone; such characters come in pairs, and half of one is no text.",
        "Write the whole character (an emoji cut in half, usually) or remove the half.",
        "RFC 8259 §8.2");

    public static readonly DatasetRule NulEscape = new(
        "json-nul-escape", Severity.Warning,
        "A text holds an escaped NUL character (\\u0000), which many readers stop at.",
        "Remove it.",
        "RFC 8259 §9");

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        TrailingComma, Array, ManyLines, Incomplete, TwoValues, TextAfter, NotJson, NotAnObject, ControlCharacter, BadEscape,
        SingleQuotes, SmartQuotes, CommaBeforeEnd, MissingComma, MissingColon, UnescapedQuote, UnquotedKey, WrongLiteral, Comment,
        BadNumber, WrongBracket, Invalid, TooDeep, TooManyValues, DuplicateKey, LoneSurrogate, NulEscape,
    ];
}
