using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FineTune.Referee;

/// <summary>tiktoken itself (the npm package, OpenAI's Rust code as WebAssembly), asked in one node process for many texts at once.</summary>
public sealed class NodeReferee : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "FineTune.Core.Tests", "Referee");

    /// <summary>Why there is no referee on this machine, or null.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        try
        {
            await RunAsync("node", ["--version"], CancellationToken.None);
            if (!Directory.Exists(Path.Combine(Folder, "node_modules", "tiktoken")))
            {
                await RunAsync("npm", ["ci", "--no-audit", "--no-fund"], CancellationToken.None);
            }
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            Missing = $"The referee needs node and the npm package tiktoken: {failure.Message}";
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The token ids of each text, in order.</summary>
    public async Task<IReadOnlyList<int[]>> EncodeAsync(string encoding, IEnumerable<byte[]> texts, CancellationToken cancellationToken)
    {
        if (Missing is not null)
        {
            throw new InvalidOperationException(Missing);
        }

        string input = Path.GetTempFileName(), output = Path.GetTempFileName();
        try
        {
            WriteFrames(input, texts);
            await RunAsync("node", ["tiktoken.mjs", encoding, input, output], cancellationToken);
            return ReadFrames(await File.ReadAllBytesAsync(output, cancellationToken));
        }
        finally
        {
            File.Delete(input);
            File.Delete(output);
        }
    }

    private static void WriteFrames(string path, IEnumerable<byte[]> texts)
    {
        using var writer = new BinaryWriter(File.Create(path));
        foreach (byte[] text in texts)
        {
            writer.Write(text.Length);
            writer.Write(text);
        }
    }

    private static List<int[]> ReadFrames(ReadOnlySpan<byte> frames)
    {
        List<int[]> answers = [];
        while (!frames.IsEmpty)
        {
            int size = BinaryPrimitives.ReadInt32LittleEndian(frames) * sizeof(int);
            answers.Add(MemoryMarshal.Cast<byte, int>(frames.Slice(sizeof(int), size)).ToArray());
            frames = frames[(sizeof(int) + size)..];
        }

        return answers;
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string complaint = await process.StandardError.ReadToEndAsync(cancellationToken);
        await said;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}: {complaint}");
        }
    }
}
