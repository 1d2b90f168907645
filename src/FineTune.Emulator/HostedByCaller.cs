namespace FineTune.Emulator;

/// <summary>Leaves Ctrl+C and termination signals to the program the emulator runs in.</summary>
internal sealed class HostedByCaller : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
