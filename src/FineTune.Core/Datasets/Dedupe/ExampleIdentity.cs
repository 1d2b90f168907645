using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Dedupe;

/// <summary>
/// Tells the same examples by 128 bits of a SHA-256, blind to white space and escapes: what is dropped for good must not hang on
/// a hash that two examples could share.
/// </summary>
internal sealed class ExampleIdentity
{
    private readonly ArrayBufferWriter<byte> _content = new();

    public UInt128 Of(JsonLine example)
    {
        _content.ResetWrittenCount();
        for (int index = 0; index < example[0].Next; index++)
        {
            var text = example[index].Kind is System.Text.Json.JsonTokenType.StartObject or System.Text.Json.JsonTokenType.StartArray
                ? default
                : example.TextOf(index);
            var head = _content.GetSpan(9 + text.Length);
            head[0] = (byte)example[index].Kind;
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], example[index].Next - index);
            BinaryPrimitives.WriteInt32LittleEndian(head[5..], text.Length);
            text.CopyTo(head[9..]);
            _content.Advance(9 + text.Length);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_content.WrittenSpan, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
