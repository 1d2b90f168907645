namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>The host's one worker, or the promise of the next where there is none at the moment.</summary>
internal sealed class WorkerSlot
{
    private TaskCompletionSource<LoadedWorker> _worker = New();

    public Task<LoadedWorker> Worker => _worker.Task;

    public void Fill(LoadedWorker worker) => _worker.SetResult(worker);

    /// <summary>Returns who was in it.</summary>
    public LoadedWorker Empty() => Interlocked.Exchange(ref _worker, New()).Task.Result;

    private static TaskCompletionSource<LoadedWorker> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
