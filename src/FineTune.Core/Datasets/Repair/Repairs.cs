using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Repair;

/// <summary>
/// Every repair there is. What is not here needs a person: a missing answer, a half emoji, text in another encoding, two different
/// values under one key.
/// </summary>
public static class Repairs
{
    public static readonly RepairKind Encoding = new(FileRules.Utf16.Code, "Wrote the file's text in UTF-8.");
    public static readonly RepairKind ByteOrderMark = new(FileRules.ByteOrderMark.Code, "Deleted a byte order mark.");
    public static readonly RepairKind CarriageReturn = new(FileRules.CarriageReturn.Code, "Ended the line with LF instead of CR LF.");
    public static readonly RepairKind BlankLine = new(FileRules.BlankLine.Code, "Deleted a blank line.");
    public static readonly RepairKind BlankLastLine = new(FileRules.BlankLastLine.Code, "Deleted a blank line at the end.");
    public static readonly RepairKind OuterSpace = new("line-space-around", "Deleted white space around the line's example.");
    public static readonly RepairKind LastLineEnd = new("line-end-missing", "Ended the last line with LF.");
    public static readonly RepairKind Array = new(JsonRules.Array.Code, "Wrote an item of the array on a line of its own.");
    public static readonly RepairKind ManyLines = new(JsonRules.ManyLines.Code, "Wrote an example spread over many lines on one.");
    public static readonly RepairKind TwoValues = new(JsonRules.TwoValues.Code, "Broke the line between two examples.");
    public static readonly RepairKind TrailingComma = new(JsonRules.TrailingComma.Code, "Deleted the comma after the example.");
    public static readonly RepairKind CommaBeforeEnd = new(JsonRules.CommaBeforeEnd.Code, "Deleted a comma before a closing bracket or brace.");
    public static readonly RepairKind ControlCharacter = new(JsonRules.ControlCharacter.Code, "Escaped a control character inside a text.");
    public static readonly RepairKind Literal = new(JsonRules.WrongLiteral.Code, "Wrote Python's True, False or None as JSON's true, false or null.");
    public static readonly RepairKind DuplicateKey = new(JsonRules.DuplicateKey.Code, "Deleted a key that was there twice with the same value.");
    public static readonly RepairKind KeyCase = new("key-case", "Wrote a key in lower case.");
    public static readonly RepairKind RoleCase = new(ChatRules.UnknownRole.Code, "Wrote a role in lower case.");
    public static readonly RepairKind Weight = new(ChatRules.WeightWrong.Code, "Wrote a weight as the number 0 or 1, or deleted a null one.");
    public static readonly RepairKind WeightPlace = new(ChatRules.WeightNotOnAssistant.Code, "Deleted the weight of a message that is never learned.");
    public static readonly RepairKind Arguments = new(ToolRules.CallWrong.Code, "Wrote a call's arguments as a string.");
    public static readonly RepairKind ImageAddress = new(PartRules.ImageWrong.Code, "Wrote an image's address as {\"url\": ...}.");
    public static readonly RepairKind Output = new(PreferenceRules.OutputWrong.Code, "Put a preference's only output message into an array.");

    public static IReadOnlyList<RepairKind> All { get; } =
    [
        Encoding, ByteOrderMark, CarriageReturn, BlankLine, BlankLastLine, OuterSpace, LastLineEnd, Array, ManyLines, TwoValues, TrailingComma,
        CommaBeforeEnd, ControlCharacter, Literal, DuplicateKey, KeyCase, RoleCase, Weight, WeightPlace, Arguments, ImageAddress, Output,
    ];
}
