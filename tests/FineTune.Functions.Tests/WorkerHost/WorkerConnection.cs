using System.Collections.Concurrent;
using System.Threading.Channels;
using FineTune.Functions.Tests.WorkerHost.Protocol;
using Grpc.Core;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>The host's end of the stream to the one worker: questions with their answers, and what the worker logs.</summary>
internal sealed class WorkerConnection : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _log = new();

    /// <summary>Completes when the worker has called.</summary>
    public Task Started => _started.Task;

    public string Log => string.Join('\n', _log);

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        Task writing = WriteAsync(responseStream, context.CancellationToken);
        await foreach (StreamingMessage message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            Take(message);
        }

        _outgoing.Writer.TryComplete();
        await writing;
    }

    public void Tell(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>A worker answers under the id that it was asked under.</summary>
    public async Task<StreamingMessage> AskAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        TaskCompletionSource<StreamingMessage> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        message.RequestId = Guid.NewGuid().ToString();
        _asked[message.RequestId] = answer;
        Tell(message);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                _started.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                _log.Enqueue($"{message.RpcLog.Category}: {message.RpcLog.Message} {message.RpcLog.Exception?.Message}");
                break;
            default:
                if (_asked.TryRemove(message.RequestId, out TaskCompletionSource<StreamingMessage>? answer))
                {
                    answer.TrySetResult(message);
                }

                break;
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> worker, CancellationToken cancellationToken)
    {
        await foreach (StreamingMessage message in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            await worker.WriteAsync(message, cancellationToken);
        }
    }
}
