using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FineTune.Local.Tests.Engine;

/// <summary>Keeps every line that is logged, exceptions included.</summary>
internal sealed class RecordingLoggerFactory : ILoggerFactory
{
    private readonly ConcurrentQueue<(string Category, string Line)> _lines = new();

    public IReadOnlyList<string> Lines(string? category = null)
        => _lines.Where(line => category is null || line.Category == category).Select(line => line.Line).ToArray();

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _lines);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose() => _lines.Clear();

    private sealed class Recorder(string category, ConcurrentQueue<(string Category, string Line)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => lines.Enqueue((category, formatter(state, exception) + exception));
    }
}
