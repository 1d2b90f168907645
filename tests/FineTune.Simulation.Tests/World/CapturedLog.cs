using System.Text;
using Microsoft.Extensions.Logging;

namespace FineTune.Simulation.Tests.World;

/// <summary>Every line that the product logs, with the whole of every exception.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_text)
        {
            _text.Append(formatter(state, exception)).Append('\n').Append(exception);
        }
    }

    public void Dispose()
    {
    }
}
