using System.Buffers;

namespace FineTune.Datasets.Repair;

/// <summary>Takes the line breaks and the indentation after them out of JSON; they can only stand between its tokens.</summary>
internal static class OneLine
{
    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        var line = new ArrayBufferWriter<byte>(Math.Max(json.Length, 1));
        while (!json.IsEmpty)
        {
            int end = json.IndexOfAny((byte)'\r', (byte)'\n');
            line.Write(end < 0 ? json : json[..end]);
            json = end < 0 ? default : json[end..].TrimStart(" \t\r\n"u8);
        }

        return line.WrittenSpan.ToArray();
    }
}
