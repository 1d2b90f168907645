using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FineTune.EndToEnd.Tests;

/// <summary>The real program as a process of its own. It is killed when it is disposed of or takes too long.</summary>
internal sealed class RunningProgram : IDisposable
{
    /// <summary>Far more than any command takes, for the machine may be busy.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public RunningProgram(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>All complete lines so far.</summary>
    public string Output => Text(_output);

    public string Error => Text(_error);

    /// <summary>What it has taken of the machine so far.</summary>
    public string Usage
    {
        get
        {
            _process.Refresh();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"CPU {_process.TotalProcessorTime.TotalSeconds:0.0} s, memory {_process.WorkingSet64 >> 20} MB now and {_process.PeakWorkingSet64 >> 20} MB at most");
        }
    }

    /// <summary>As <c>kill -9</c> does: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async Task<ProgramResult> EndAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await KillAsync();
            throw new TimeoutException($"The program did not end within {Limit}.\n--- output\n{Output}\n--- error\n{Error}");
        }

        return new ProgramResult(_process.ExitCode, Output, Error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
