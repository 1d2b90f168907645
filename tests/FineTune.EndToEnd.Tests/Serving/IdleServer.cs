namespace FineTune.EndToEnd.Tests.Serving;

/// <summary>One server for all tests that change nothing.</summary>
public sealed class IdleServer : IAsyncLifetime
{
    private Scene? _scene;
    private Server? _server;

    public HttpClient Http => _server!.Http;

    public string DataFolder => _scene!.DataFolder;

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        _server = await Server.StartAsync(_scene);
    }

    public async ValueTask DisposeAsync()
    {
        _server?.Dispose();
        await (_scene?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
