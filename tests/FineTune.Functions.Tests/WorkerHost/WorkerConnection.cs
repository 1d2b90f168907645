using System.Collections.Concurrent;
using System.Threading.Channels;
using FineTune.Functions.Tests.WorkerHost.Protocol;
using Grpc.Core;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>The host's end of the stream to one worker: questions with their answers, and what the worker logs.</summary>
internal sealed class WorkerConnection
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly ConcurrentQueue<string> _log = new();
    private volatile bool _isOver;

    public string Log => string.Join('\n', _log);

    /// <summary>Returns when the worker is gone; what it was asked and did not answer then fails.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> worker, CancellationToken cancellationToken)
    {
        Task writing = WriteAsync(worker, cancellationToken);
        try
        {
            await foreach (StreamingMessage message in incoming.ReadAllAsync(cancellationToken))
            {
                Take(message);
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // As a killed process ends its stream.
        }

        Close();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Tell(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>A worker answers under the id that it was asked under.</summary>
    /// <exception cref="WorkerGoneException">It will not answer any more.</exception>
    public Task<StreamingMessage> AskAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        TaskCompletionSource<StreamingMessage> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        message.RequestId = Guid.NewGuid().ToString();
        _asked[message.RequestId] = answer;
        Tell(message);
        if (_isOver)
        {
            Close();
        }

        return answer.Task.WaitAsync(cancellationToken);
    }

    private void Take(StreamingMessage message)
    {
        if (message.ContentCase is StreamingMessage.ContentOneofCase.RpcLog)
        {
            _log.Enqueue($"{message.RpcLog.Category}: {message.RpcLog.Message} {message.RpcLog.Exception?.Message}");
        }
        else if (_asked.TryRemove(message.RequestId, out TaskCompletionSource<StreamingMessage>? answer))
        {
            answer.TrySetResult(message);
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> worker, CancellationToken cancellationToken)
    {
        await foreach (StreamingMessage message in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            await worker.WriteAsync(message, cancellationToken);
        }
    }

    private void Close()
    {
        _isOver = true;
        _outgoing.Writer.TryComplete();
        foreach (TaskCompletionSource<StreamingMessage> answer in _asked.Values)
        {
            answer.TrySetException(new WorkerGoneException());
        }
    }
}
