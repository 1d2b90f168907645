using System.Buffers;
using System.IO.Pipelines;

namespace FineTune.Datasets.Writing;

/// <summary>Writes lines, each ended with LF.</summary>
internal sealed class LineWriter(Stream destination) : IAsyncDisposable
{
    private const int Chunk = 256 * 1024;

    private readonly PipeWriter _writer = PipeWriter.Create(destination, new StreamPipeWriterOptions(minimumBufferSize: Chunk, leaveOpen: true));

    public int Count { get; private set; }

    public void Write(ReadOnlySpan<byte> line)
    {
        _writer.Write(line);
        _writer.Write("\n"u8);
        Count++;
    }

    /// <summary>Hands on what is written once it is a chunk.</summary>
    public async ValueTask FlushSomeAsync(CancellationToken cancellationToken)
    {
        if (_writer.UnflushedBytes >= Chunk)
        {
            await _writer.FlushAsync(cancellationToken);
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await _writer.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => _writer.CompleteAsync();
}
