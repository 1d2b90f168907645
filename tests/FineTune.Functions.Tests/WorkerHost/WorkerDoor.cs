using System.Threading.Channels;
using FineTune.Functions.Tests.WorkerHost.Protocol;
using Grpc.Core;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>Where workers call: each call is one worker, for as long as it lives.</summary>
internal sealed class WorkerDoor : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<WorkerConnection> _calls = Channel.CreateUnbounded<WorkerConnection>();

    /// <summary>Waits for the next worker to call.</summary>
    public ValueTask<WorkerConnection> NextAsync(CancellationToken cancellationToken) => _calls.Reader.ReadAsync(cancellationToken);

    public override Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        WorkerConnection connection = new();
        _calls.Writer.TryWrite(connection);
        return connection.RunAsync(requestStream, responseStream, context.CancellationToken);
    }
}
