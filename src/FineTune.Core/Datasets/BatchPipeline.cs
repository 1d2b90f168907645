using FineTune.Datasets.Reading;

namespace FineTune.Datasets;

/// <summary>
/// Reads batches, has several of them inspected side by side, and hands them on in their order. A batch is inspected before those
/// ahead of it are known, from the state they are expected to leave; when that guess was wrong, it is inspected once more.
/// </summary>
internal sealed class BatchPipeline(LineBatchReader reader, Func<BatchInspection> create, int workers) : IAsyncDisposable
{
    private readonly Queue<(BatchInspection Batch, Task Work)> _running = [];
    private readonly Stack<BatchInspection> _idle = [];

    /// <summary>Reads to the end of the stream, or until <paramref name="take"/> answers that it is enough.</summary>
    /// <param name="take">Takes the next batch and tells the state after it; null to stop.</param>
    public async Task RunAsync(InspectionState state, Func<BatchInspection, InspectionState?> take, CancellationToken cancellationToken)
    {
        // The first batch is waited for: it nearly always tells the state before all others.
        int atOnce = 1;
        InspectionState? expected = state;
        while (expected is { } guess && await ReadAsync(cancellationToken) is { } batch)
        {
            _running.Enqueue((batch, Task.Run(() => batch.Run(guess, int.MaxValue, int.MaxValue), CancellationToken.None)));
            if (_running.Count >= atOnce)
            {
                expected = await TakeNextAsync(take);
                atOnce = workers + 1;
            }
        }

        while (expected is not null && _running.Count > 0)
        {
            expected = await TakeNextAsync(take);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The workers write into buffers that are given back.
        await Task.WhenAll(_running.Select(running => running.Work));
        foreach (var batch in _running.Select(running => running.Batch).Concat(_idle))
        {
            batch.Dispose();
        }
    }

    private async Task<BatchInspection?> ReadAsync(CancellationToken cancellationToken)
    {
        var batch = _idle.Count > 0 ? _idle.Pop() : create();
        if (await reader.ReadAsync(batch.Lines, cancellationToken))
        {
            return batch;
        }

        _idle.Push(batch);
        return null;
    }

    private async Task<InspectionState?> TakeNextAsync(Func<BatchInspection, InspectionState?> take)
    {
        var (batch, work) = _running.Peek();
        await work;
        var state = take(batch);
        _running.Dequeue();
        _idle.Push(batch);
        return state;
    }
}
