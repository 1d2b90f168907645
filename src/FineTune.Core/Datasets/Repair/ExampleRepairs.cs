using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Repair;

/// <summary>Repairs of a well-formed example that the provider would refuse: the same content in the shape it takes.</summary>
internal static class ExampleRepairs
{
    public static void Find(JsonValue example, bool hasDuplicateKeys, LineEdits edits)
    {
        if (hasDuplicateKeys)
        {
            RepeatedKeys.Find(example.Line, edits);
        }

        KeysInCapitals.FindInExample(example, edits);
        FindInMessages(example.Get("messages"u8), edits);
        if (example.Get("input"u8) is { IsMissing: false, IsObject: true } input)
        {
            FindInMessages(input.Get("messages"u8), edits);
        }

        FindInOutput(example.Get("preferred_output"u8), edits);
        FindInOutput(example.Get("non_preferred_output"u8), edits);
    }

    private static void FindInOutput(JsonValue output, LineEdits edits)
    {
        if (output.IsObject && !output.Get("role"u8).IsMissing)
        {
            PropertyEdit.Replace(output, [(byte)'[', .. output.Written, (byte)']'], edits, Repairs.Output);
            return;
        }

        FindInMessages(output, edits);
    }

    private static void FindInMessages(JsonValue messages, LineEdits edits)
    {
        if (!messages.IsArray)
        {
            return;
        }

        foreach (var message in messages.Items)
        {
            if (message.IsObject)
            {
                FindInMessage(message, edits);
            }
        }
    }

    private static void FindInMessage(JsonValue message, LineEdits edits)
    {
        KeysInCapitals.FindInMessage(message, edits);
        FindRole(message.Get("role"u8), edits);
        FindWeight(message, edits);
        FindArguments(message.Get("function_call"u8), edits);
        if (message.Get("tool_calls"u8) is { IsArray: true } calls)
        {
            foreach (var call in calls.Items)
            {
                FindArguments(call.IsObject ? call.Get("function"u8) : default, edits);
            }
        }

        if (message.Get("content"u8) is { IsArray: true } parts)
        {
            foreach (var part in parts.Items)
            {
                FindImage(part, edits);
            }
        }
    }

    private static void FindRole(JsonValue role, LineEdits edits)
    {
        if (!role.IsString || ChatRoles.Read(role) != ChatRole.Unknown)
        {
            return;
        }

        foreach (string word in (ReadOnlySpan<string>)["system", "developer", "user", "assistant", "tool", "function"])
        {
            if (Ascii.EqualsIgnoreCase(role.Text, word))
            {
                edits.Replace(role.Start + 1, role.Start + 1 + role.Written.Length, Encoding.ASCII.GetBytes(word), Repairs.RoleCase);
            }
        }
    }

    private static void FindWeight(JsonValue message, LineEdits edits)
    {
        var weight = message.Get("weight"u8);
        if (weight.IsMissing)
        {
            return;
        }

        if (ChatRoles.Read(message.Get("role"u8)) is not (ChatRole.Assistant or ChatRole.Unknown))
        {
            PropertyEdit.Delete(message, weight, edits, Repairs.WeightPlace);
        }
        else if (weight.Kind == JsonTokenType.Null)
        {
            PropertyEdit.Delete(message, weight, edits, Repairs.Weight);
        }
        else if (weight.Kind == JsonTokenType.True || weight.Is("1"u8))
        {
            PropertyEdit.Replace(weight, "1"u8, edits, Repairs.Weight);
        }
        else if (weight.Kind == JsonTokenType.False || weight.Is("0"u8))
        {
            PropertyEdit.Replace(weight, "0"u8, edits, Repairs.Weight);
        }
    }

    private static void FindArguments(JsonValue function, LineEdits edits)
    {
        if (function.IsObject && function.Get("arguments"u8) is { IsObject: true } arguments)
        {
            PropertyEdit.Replace(arguments, Quoted(arguments.Written), edits, Repairs.Arguments);
        }
    }

    private static void FindImage(JsonValue part, LineEdits edits)
    {
        if (part.IsObject && part.Get("type"u8).Is("image_url"u8) && part.Get("image_url"u8) is { IsString: true } address)
        {
            byte[] wrapped = [.. "{\"url\": \""u8, .. address.Written, .. "\"}"u8];
            PropertyEdit.Replace(address, wrapped, edits, Repairs.ImageAddress);
        }
    }

    private static byte[] Quoted(ReadOnlySpan<byte> json)
        => [(byte)'"', .. JsonEncodedText.Encode(json, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"'];
}
