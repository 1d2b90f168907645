using System.Buffers.Text;

namespace FineTune.Provider;

/// <summary>A result file's content: CSV, or the base64 text of CSV that OpenAI often sends.</summary>
internal static class ResultFile
{
    public static ReadOnlyMemory<byte> Unwrap(BinaryData content)
    {
        ReadOnlySpan<byte> bytes = content.ToMemory().Span.Trim(" \r\n\t\""u8);

        // A CSV has commas, and base64 never does.
        if (bytes.Contains((byte)',') || !Base64.IsValid(bytes))
        {
            return content.ToMemory();
        }

        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(bytes.Length)];
        Base64.DecodeFromUtf8(bytes, decoded, out _, out int written);
        return decoded.AsMemory(0, written);
    }
}
