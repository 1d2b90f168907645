using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FineTune.Hosting;
using FineTune.Operations;

namespace FineTune.EndToEnd.Tests;

/// <summary>What a program said before it ended, and with which exit code.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>What <c>run --json</c> and <c>status --json</c> print.</summary>
    public RunView Run => Read(FineTuneJson.Default.RunView);

    public T Read<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Output, type) ?? throw new JsonException($"No {typeof(T).Name} in: {this}");

    /// <summary>Fails with all that was said where the exit code is another one.</summary>
    public ProgramResult ExitsWith(int expected)
    {
        Assert.True(ExitCode == expected, $"Expected exit code {expected}, but {this}");
        return this;
    }

    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- error\n{Error}";
}
