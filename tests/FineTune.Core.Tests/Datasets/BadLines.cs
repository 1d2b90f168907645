using System.Text;

namespace FineTune.Core.Tests.Datasets;

/// <summary>
/// Every way a line can be wrong, one mistake each. The caret marks the character the report must point at, so that the expected
/// line and column are counted from the text and not by the code under test.
/// </summary>
internal static class BadLines
{
    public const char Caret = '‸';

    private const string User = """{"role": "user", "content": "Hi"}""";
    private const string Assistant = """{"role": "assistant", "content": "Hello"}""";
    private const string Tools = """, "tools": [{"type": "function", "function": {"name": "find", "parameters": {"type": "object"}}}]""";
    private const string Call = """{"id": "c1", "type": "function", "function": {"name": "find", "arguments": "{}"}}""";

    public static TheoryData<string, string> All { get; } = new()
    {
        // The line as JSON
        { "json-trailing-comma", Good() + "‸," },
        { "json-trailing-comma", Good() + " ‸,  \n" + Good("second") },
        { "json-two-values", Good() + "‸" + Good("second") },
        { "json-two-values", Good() + "‸, " + Good("second") },
        { "json-text-after", Good() + " ‸]" },
        { "json-text-after", Good() + "‸;" },
        { "json-array", "‸[" + Good() + ", " + Good("second") + "]" },
        { "json-array", "‸[\n" + Good() + ",\n" + Good("second") + "\n]\n" },
        { "json-array", "‸[" + Good() + ",\n" + Good("second") + "]" },
        { "json-over-many-lines", "‸{\n  \"messages\": [\n    " + User + ",\n    " + Assistant + "\n  ]\n}\n" },
        { "json-over-many-lines", Good() + "\n‸{\n\t\"messages\": [\n\t\t" + User + ",\n\t\t" + Assistant + "\n\t]\n}\n" + Good("third") },
        { "json-incomplete", """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assist‸""" },
        { "json-incomplete", """{"messages": [{"role": "user", "content": "Hi"}‸""" + "\n" + Good() },
        { "json-incomplete", Good() + "\n" + """{"messages": [{"role":‸""" + "\n" + Good("third") },
        { "json-incomplete", """{"messages": [{"role": "user", "content": nul‸""" },
        { "json-not-json", "‸prompt,completion" },
        { "json-not-json", "‸- Hello" },
        { "json-not-json", "‸<html>" },
        { "line-not-object", "‸\"Hello\"" },
        { "line-not-object", Good() + "\n‸42" },
        { "line-not-object", Good() + "\n‸[1, 2]" },
        { "line-not-object", "‸null" },
        { "json-single-quotes", "{‸'messages': []}" },
        { "json-single-quotes", """{"messages": [{"role": ‸'user', "content": "Hi"}]}""" },
        { "json-smart-quotes", "{‸“messages”: []}" },
        { "json-comma-before-end", "{\"messages\": [" + User + ", " + Assistant + "‸,]}" },
        { "json-comma-before-end", "{\"messages\": [" + User + ", " + Assistant + "]‸, }" },
        { "json-missing-comma", "{\"messages\": [" + User + " ‸" + Assistant + "]}" },
        { "json-missing-comma", """{"messages": [{"role": "user" ‸"content": "Hi"}]}""" },
        { "json-missing-colon", """{"messages": [{"role" ‸"user", "content": "Hi"}]}""" },
        { "json-missing-colon", """{"messages"‸, 1}""" },
        { "json-unescaped-quote", """{"messages": [{"role": "user", "content": "Say "‸hi" now"}]}""" },
        { "json-unquoted-key", "{‸messages: []}" },
        { "json-unquoted-key", """{"messages": [{"role": "user", ‸content: "Hi"}]}""" },
        { "json-wrong-literal", """{"messages": [{"role": "user", "content": ‸None}]}""" },
        { "json-wrong-literal", """{"messages": ‸True}""" },
        { "json-wrong-literal", """{"messages": [{"role": "assistant", "content": "Hi", "weight": ‸NaN}]}""" },
        { "json-comment", "‸// examples of May" },
        { "json-comment", "‸# examples of May" },
        { "json-comment", """{"messages": ‸/* none */ []}""" },
        { "json-bad-number", """{"messages": [{"role": "assistant", "content": "Hi", "weight": ‸.5}]}""" },
        { "json-bad-number", """{"messages": [{"role": "assistant", "content": "Hi", "weight": ‸+1}]}""" },
        { "json-wrong-bracket", """{"messages": [{"role": "user", "content": "Hi"‸]]}""" },
        { "json-wrong-bracket", """{"messages": ‸]}""" },
        { "json-control-character", "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi‸\tthere\"}]}" },
        { "json-bad-escape", """{"messages": [{"role": "user", "content": "C:\‸Dir"}]}""" },
        { "json-too-deep", new string('[', 64) + "‸[" + new string(']', 65) },
        { "json-duplicate-key", Chat("""{"role": "user", ‸"role": "user", "content": "Hi"}, """ + Assistant) },
        { "json-duplicate-key", Chat("""{"role": "user", ‸"ro\u006ce": "user", "content": "Hi"}, """ + Assistant) },
        { "json-lone-surrogate", Chat("""{"role": "user", "content": "Hi ‸\ud83d there"}, """ + Assistant) },
        { "json-lone-surrogate", Chat("""{"role": "user", "content": "Hi ‸\ude00\ud83d"}, """ + Assistant) },
        { "json-nul-escape", Chat("""{"role": "user", "content": "Hi ‸\u0000"}, """ + Assistant) },

        // The line as text
        { "nul-byte", "{\"messages\": ‸\0}" },
        { "line-blank", Good() + "\n‸\n" + Good("third") },
        { "line-blank", Good() + "\n‸  \t\n\n" + Good("fourth") },
        { "line-blank-at-end", Good() + "\n‸   " },
        { "line-ends-crlf", Good() + "‸\r\n" + Good("second") + "\r\n" },

        // The example
        { "messages-missing", "‸{}" },
        { "messages-missing", "‸{\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"find\"}}]}" },
        { "messages-not-array", "{\"messages\": ‸\"Hi\"}" },
        { "messages-not-array", "{\"messages\": ‸{}}" },
        { "messages-not-array", "{\"messages\": ‸null}" },
        { "messages-empty", "{\"messages\": ‸[]}" },
        { "message-not-object", Chat(User + ", ‸\"Hello\", " + Assistant) },
        { "example-unknown-key", "{\"messages\": [" + User + ", " + Assistant + "], ‸\"id\": 7}" },
        { "example-unknown-key", "{‸\"Grüße aus Köln\": 1, \"messages\": [" + User + ", " + Assistant + "]}" },
        { "example-repeated", Good() + "\n" + Good("other") + "\n‸" + Good() },
        { "example-repeated", Good() + "\n‸" + Good().Replace(" ", "", StringComparison.Ordinal).Replace("Hi", "\\u0048i", StringComparison.Ordinal) },
        { "format-mixed", Good() + "\n‸{\"prompt\": \"Hi\", \"completion\": \" Hello\"}" },
        { "format-wrong", "‸{\"prompt\": \"Hi\", \"completion\": \" Hello\"}\n{\"prompt\": \"Ho\", \"completion\": \" Hello\"}" },
        { "format-wrong", "‸{\"input\": {}, \"preferred_output\": [], \"non_preferred_output\": []}" },
        { "format-wrong", "‸{\"conversations\": [{\"from\": \"human\", \"value\": \"Hi\"}]}" },
        { "format-wrong", "‸{\"instruction\": \"Say hi\", \"output\": \"Hi\"}" },
        { "format-wrong", "‸{\"prompt\": \"Hi\", \"chosen\": \"Hello\", \"rejected\": \"Go\"}" },

        { "example-conflicting", Good() + "\n" + Good("other") + "\n‸" + Good().Replace("Hello", "Go away", StringComparison.Ordinal) },
        { "example-nearly-repeated", Long("Monday") + "\n‸" + Long("Tuesday") },
        { "example-nearly-repeated", Long("monday") + "\n‸" + Long("MONDAY") },

        // Secrets and personal data
        { "secret-api-key", Chat("""{"role": "user", "content": "My key is ‸sk-proj-abcdefghijklmnopqrstuvwx1234"}, """ + Assistant) },
        { "secret-api-key", Chat("""{"role": "user", "content": "Grüße\n‸AKIAIOSFODNN7EXAMPLE\n"}, """ + Assistant) },
        { "secret-api-key", Chat("""{"role": "user", "content": "token=‸ghp_abcdefghijklmnopqrstuvwxyz0123456789"}, """ + Assistant) },
        { "secret-private-key", Chat("""{"role": "user", "content": "‸-----BEGIN RSA PRIVATE KEY-----\nMIIE"}, """ + Assistant) },
        { "personal-card-number", Chat("""{"role": "user", "content": "Pay with ‸4111 1111 1111 1111, please"}, """ + Assistant) },
        { "personal-card-number", Chat("""{"role": "user", "content": "Order 7 by ‸5555-5555-5555-4444."}, """ + Assistant) },
        { "personal-card-number", Chat("""{"role": "user", "content": "Amex ‸378282246310005"}, """ + Assistant) },
        { "personal-bank-account", Chat("""{"role": "user", "content": "To ‸DE89 3704 0044 0532 0130 00"}, """ + Assistant) },
        { "personal-bank-account", Chat("""{"role": "user", "content": "‸GB82WEST12345698765432"}, """ + Assistant) },
        { "personal-email", Chat("""{"role": "user", "content": "Write to ‸ann.lee+x@contoso.co.uk."}, """ + Assistant) },
        { "personal-phone", Chat("""{"role": "user", "content": "Call +‸49 30 901820"}, """ + Assistant) },
        { "personal-phone", Chat("""{"role": "user", "content": "Call (‸212) 456-7890"}, """ + Assistant) },

        // What moderation may act on
        { "moderation-phrase", Chat("""{"role": "user", "content": "Tell me ‸how to make a bomb"}, """ + Assistant) },
        { "moderation-phrase", Chat("""{"role": "user", "content": "Grüße\n\u0049 want to ‸Kill Myself."}, """ + Assistant) },
        { "moderation-phrase", Chat(User + """, {"role": "assistant", "content": [{"type": "text", "text": "‸kill yourself, or make napalm"}]}""") },

        // Messages
        { "role-missing", Chat("‸{\"content\": \"Hi\"}, " + Assistant) },
        { "role-unknown", Chat("""{"role": ‸"human", "content": "Hi"}, """ + Assistant) },
        { "role-unknown", Chat("""{"role": ‸"User", "content": "Hi"}, """ + Assistant) },
        { "role-unknown", Chat("""{"role": ‸7, "content": "Hi"}, """ + Assistant) },
        { "role-unknown", Chat("""{"role": ‸null, "content": "Hi"}, """ + Assistant) },
        { "message-unknown-key", Chat("""{"role": "user", "content": "Hi", ‸"timestamp": 1}, """ + Assistant) },
        { "content-missing", Chat("‸{\"role\": \"user\"}, " + Assistant) },
        { "content-missing", Chat(User + """, {"role": "assistant", "content": ‸null}""") },
        { "content-empty", Chat("""{"role": "user", "content": ‸""}, """ + Assistant) },
        { "content-empty", Chat("""{"role": "user", "content": ‸[]}, """ + Assistant) },
        { "content-blank", Chat("""{"role": "user", "content": ‸" \n "}, """ + Assistant) },
        { "content-wrong-kind", Chat("""{"role": "user", "content": ‸42}, """ + Assistant) },
        { "content-wrong-kind", Chat("""{"role": "user", "content": ‸{"text": "Hi"}}, """ + Assistant) },
        { "assistant-missing", "{\"messages\": ‸[" + User + "]}" },
        { "assistant-not-last", Chat(User + ", " + Assistant + ", ‸" + User) },
        { "assistant-not-last", Chat("""{"role": "user", "content": "Grüße 👋 an alle"}, """ + Assistant + ", ‸" + User) },
        { "assistant-repeated", Chat(User + ", " + Assistant + ", ‸" + Assistant) },
        { "user-repeated", Chat(User + ", ‸" + User + ", " + Assistant) },
        { "user-missing", "{\"messages\": ‸[" + Assistant + "]}" },
        { "system-not-first", Chat(User + ", ‸{\"role\": \"system\", \"content\": \"Be kind\"}, " + Assistant) },
        { "weight-wrong", Chat(User + """, {"role": "assistant", "content": "Hello", "weight": ‸0.5}""") },
        { "weight-wrong", Chat(User + """, {"role": "assistant", "content": "Hello", "weight": ‸"1"}""") },
        { "weight-wrong", Chat(User + """, {"role": "assistant", "content": "Hello", "weight": ‸true}""") },
        { "weight-not-on-assistant", Chat("""{"role": "user", "content": "Hi", "weight": ‸0}, """ + Assistant) },
        { "weights-all-zero", "{\"messages\": ‸[" + User + """, {"role": "assistant", "content": "Hello", "weight": 0}]}""" },
        { "weights-on-some", "{\"messages\": ‸[" + User + ", " + Assistant + ", " + User + """, {"role": "assistant", "content": "Hello", "weight": 1}]}""" },
        { "name-wrong", Chat("""{"role": "user", "name": ‸"Ann Lee", "content": "Hi"}, """ + Assistant) },
        { "name-wrong", Chat("""{"role": "user", "name": ‸"", "content": "Hi"}, """ + Assistant) },
        { "refusal-wrong", Chat("""{"role": "user", "content": "Hi", "refusal": ‸"No"}, """ + Assistant) },

        // Parts
        { "part-not-object", Chat("""{"role": "user", "content": [‸"Hi"]}, """ + Assistant) },
        { "part-type-unknown", Chat("""{"role": "user", "content": [{"type": ‸"input_text", "text": "Hi"}]}, """ + Assistant) },
        { "part-type-unknown", Chat("""{"role": "user", "content": [‸{"text": "Hi"}]}, """ + Assistant) },
        { "part-unknown-key", Chat("""{"role": "user", "content": [{"type": "text", "text": "Hi", ‸"lang": "en"}]}, """ + Assistant) },
        { "part-text-wrong", Chat("""{"role": "user", "content": [{"type": "text", "text": ‸""}]}, """ + Assistant) },
        { "part-text-wrong", Chat("""{"role": "user", "content": [‸{"type": "text"}]}, """ + Assistant) },

        { "image-wrong", Chat("""{"role": "user", "content": [{"type": "image_url", "image_url": ‸"https://a.test/a.png"}]}, """ + Assistant) },
        { "image-address", Image("\"url\": ‸\"ftp://a.test/a.png\"") },
        { "image-address", Image("\"url\": ‸\"data:image/gif;base64,R0lGODlh\"") },
        { "image-not-base64", Image("\"url\": ‸\"data:image/png;base64,iVBOR*w0KGgo=\"") },
        { "image-not-base64", Image("\"url\": ‸\"data:image/png;base64,\"") },
        { "image-other-kind", Image("\"url\": ‸\"data:image/jpeg;base64,iVBORw0KGgo=\"") },
        { "image-colours", Image("\"url\": ‸\"data:image/png;base64," + Png(colourType: 0) + "\"") },
        { "image-colours", Image("\"url\": ‸\"data:image/png;base64," + Png(colourType: 3) + "\"") },
        { "image-colours", Image("\"url\": ‸\"data:image/jpeg;base64," + Jpeg(colours: 1) + "\"") },
        { "image-colours", Image("\"url\": ‸\"data:image/jpg;base64," + Jpeg(colours: 4) + "\"") },
        { "image-detail", Image("\"url\": \"https://a.test/a.png\", \"detail\": ‸\"medium\"") },
        { "image-not-from-user", Chat(User + """, {"role": "assistant", "content": [‸{"type": "image_url", "image_url": {"url": "https://a.test/a.png"}}]}""") },
        { "image-too-many", "‸" + Chat("{\"role\": \"user\", \"content\": [" + string.Join(", ", Enumerable.Repeat("""{"type": "image_url", "image_url": {"url": "https://a.test/a.png"}}""", 11)) + "]}, " + Assistant) },

        // Tools
        { "tools-not-array", Chat(User + ", " + Assistant, """, "tools": ‸[]""") },
        { "tools-not-array", Chat(User + ", " + Assistant, """, "tools": ‸{}""") },
        { "tool-wrong", Chat(User + ", " + Assistant, """, "tools": [‸"find"]""") },
        { "tool-wrong", Chat(User + ", " + Assistant, """, "tools": [‸{"function": {"name": "find"}}]""") },
        { "tool-wrong", Chat(User + ", " + Assistant, """, "tools": [‸{"type": "function"}]""") },
        { "tool-wrong", Chat(User + ", " + Assistant, """, "tools": [{"type": "function", "function": {"name": "find", "parameters": ‸[]}}]""") },
        { "tool-name-wrong", Chat(User + ", " + Assistant, """, "tools": [{"type": "function", "function": {"name": ‸"find it"}}]""") },
        { "tool-name-wrong", Chat(User + ", " + Assistant, """, "tools": [{"type": "function", "function": ‸{}}]""") },
        { "tool-repeated", Chat(User + ", " + Assistant, """, "functions": [{"name": "find"}, {"name": ‸"find"}]""") },
        { "parallel-tool-calls-wrong", Chat(User + ", " + Assistant, """, "parallel_tool_calls": ‸"no" """) },
        { "tool-calls-not-array", Chat(User + """, {"role": "assistant", "tool_calls": ‸[]}""", Tools) },
        { "tool-calls-not-from-assistant", Chat("""{"role": "user", "content": "Hi", "function_call": ‸{"name": "find", "arguments": "{}"}}, """ + Assistant, Tools) },
        { "tool-call-wrong", Chat(User + """, {"role": "assistant", "tool_calls": [‸"find"]}""", Tools) },
        { "tool-call-wrong", Chat(User + ", " + Calling(Call.Replace("\"function\",", "‸\"func\",", StringComparison.Ordinal)), Tools) },
        { "tool-call-wrong", Chat(User + ", " + Calling("‸" + Call.Replace("\"id\": \"c1\", ", "", StringComparison.Ordinal)), Tools) },
        { "tool-call-wrong", Chat(User + ", " + Calling(Call.Replace("\"{}\"", "‸{}", StringComparison.Ordinal)), Tools) },
        { "tool-call-id-repeated", Chat(User + ", " + Calling(Call + ", " + Call.Replace("\"c1\"", "‸\"c1\"", StringComparison.Ordinal)), Tools) },
        { "tool-arguments-not-json", Chat(User + ", " + Calling(Call.Replace("\"{}\"", "‸\"{city}\"", StringComparison.Ordinal)), Tools) },
        { "tool-arguments-not-json", Chat(User + ", " + Calling(Call.Replace("\"{}\"", "‸\"[]\"", StringComparison.Ordinal)), Tools) },
        { "tool-arguments-against-schema", Called("""{"city": 7}""") },
        { "tool-arguments-against-schema", Called("""{}""") },
        { "tool-arguments-against-schema", Called("""{"city": "Oslo", "days": 0}""") },
        { "tool-arguments-against-schema", Called("""{"city": "Oslo", "unit": "K"}""") },
        { "tool-arguments-against-schema", Called("""{"city": "Oslo", "country": "NO"}""") },
        { "tool-undeclared", Chat(User + ", " + Calling(Call.Replace("\"find\"", "‸\"search\"", StringComparison.Ordinal)), Tools) },
        { "tools-missing", Chat(User + ", " + Calling(Call.Replace("\"find\"", "‸\"find\"", StringComparison.Ordinal))) },
        { "tool-call-id-missing", Chat(User + ", ‸{\"role\": \"tool\", \"content\": \"3\"}, " + Assistant, Tools) },
        { "tool-answer-without-call", Chat(User + """, {"role": "tool", "tool_call_id": ‸"c9", "content": "3"}, """ + Assistant, Tools) },
        { "tool-call-unanswered", Chat(User + ", " + Calling(Call) + ", ‸" + User + ", " + Assistant, Tools) },
        { "tool-call-id-misplaced", Chat("""{"role": "user", "content": "Hi", "tool_call_id": ‸"c1"}, """ + Assistant) },
        { "function-name-missing", Chat(User + ", ‸{\"role\": \"function\", \"content\": \"3\"}, " + Assistant) },
    };

    /// <summary>For a model that takes images, too.</summary>
    public static FineTuneSpec Spec { get; } = new() { Model = "gpt-4.1-2025-04-14" };

    /// <summary>Takes the caret out and tells its 1-based line and column, in UTF-16 code units.</summary>
    public static (byte[] Bytes, int Line, int Column) Read(string marked)
    {
        int caret = marked.IndexOf(Caret, StringComparison.Ordinal);
        string before = marked[..caret];
        byte[] bytes = Encoding.UTF8.GetBytes(before + marked[(caret + 1)..]);
        return (bytes, before.Count(character => character == '\n') + 1, caret - before.LastIndexOf('\n'));
    }

    private static string Good(string word = "Hi") => Inspection.GoodLine.Replace("Hi", word, StringComparison.Ordinal);

    private static string Chat(string messages, string rest = "") => "{\"messages\": [" + messages + "]" + rest + "}";

    private static string Long(string day)
        => Good($"Could you tell me please whether the workshop in the old harbour is open on the first {day} of the month, and what I should bring along to it if I come by train with two children and a folded bicycle that needs new tyres; last time somebody at the door told us to come back in spring because the heating was broken, the man who knows about gears was ill, and all the good tools had been lent to the sailing club across the road for their own summer party");

    private static string Image(string image)
        => Chat("{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {" + image + "}}]}, " + Assistant);

    /// <summary>A PNG's header: the signature, the length and name of its first piece, width, height, depth, and the type of its colours.</summary>
    public static string Png(byte colourType)
        => Convert.ToBase64String([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, colourType, 0, 0, 0]);

    /// <summary>A JPEG's beginning: a segment of the application's, and the frame with the number of its colours.</summary>
    public static string Jpeg(byte colours)
        => Convert.ToBase64String([0xFF, 0xD8, 0xFF, 0xE0, 0, 7, .. "JFIF\0"u8, 0xFF, 0xC2, 0, 17, 8, 0, 1, 0, 1, colours, 1, 0x22, 0]);

    private static string Called(string arguments)
        => Chat(
            User + ", " + Calling(Call.Replace("\"{}\"", "‸" + System.Text.Json.JsonSerializer.Serialize(arguments), StringComparison.Ordinal)),
            """, "tools": [{"type": "function", "function": {"name": "find", "parameters": {"type": "object", "additionalProperties": false, "required": ["city"], "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 1}, "unit": {"enum": ["C", "F"]}}}}}]""");

    private static string Calling(string calls) => "{\"role\": \"assistant\", \"tool_calls\": [" + calls + "]}";
}
