using System.Threading.Channels;

namespace FineTune.Local.Engine;

/// <summary>Runs activities, so many at once and no more; who asked first is served first.</summary>
internal sealed partial class ActivityPool(
    WorkflowRegistry registry, Messages messages, IServiceScopeFactory scopes, IdleCount idle, ILogger<ActivityPool> logger,
    Func<ActivityCall, CancellationToken, Task>? beforeActivity) : IDisposable
{
    private readonly Channel<ActivityCall> _queue = Channel.CreateUnbounded<ActivityCall>();
    private readonly CancellationTokenSource _stopping = new();
    private Task _workers = Task.CompletedTask;

    public void Start(int workers) => _workers = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync)));

    public void Enqueue(ActivityCall call)
    {
        idle.Enter();
        if (!_queue.Writer.TryWrite(call))
        {
            idle.Leave();
        }
    }

    /// <summary>Starts no more of them, cancels those under way and waits until they have ended.</summary>
    public async Task StopAsync()
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _workers;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WorkAsync()
    {
        await foreach (var call in _queue.Reader.ReadAllAsync())
        {
            if (!_stopping.IsCancellationRequested && await RunAsync(call) is { } end)
            {
                call.Ended(end);
            }

            idle.Leave();
        }
    }

    private async Task<ActivityEnd?> RunAsync(ActivityCall call)
    {
        CrashPoint.Reach(call.Name, "before");
        try
        {
            if (beforeActivity is not null)
            {
                await beforeActivity(call, _stopping.Token);
            }

            var code = registry.FindActivity(call.Name) ?? throw new UnknownCodeException("activity", call.Name);
            await using var scope = scopes.CreateAsyncScope();
            string result = await code(scope.ServiceProvider, messages, call.Input, _stopping.Token);
            CrashPoint.Reach(call.Name, "done");
            return new ActivityEnd(result, Failure: null);
        }
        catch (Exception e) when (e is PermanentFailureException || !_stopping.IsCancellationRequested)
        {
            return new ActivityEnd(Result: null, e);
        }
        catch (Exception e)
        {
            Log.Interrupted(logger, call.Name, call.InstanceId, e.GetType().Name);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information,
            "The stop interrupted {Activity} of {InstanceId} ({ErrorType}); it is run again at the next start.")]
        public static partial void Interrupted(ILogger logger, string activity, string instanceId, string errorType);
    }
}
