using System.Collections.Concurrent;

namespace FineTune.Local.Tests.Engine;

/// <summary>What the test's activities do, and what they were asked.</summary>
internal sealed class Script
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>Called with the activity's name, its input and how many times it was called with it, this time included.</summary>
    public Func<string, string, int, CancellationToken, Task<string>> Behaviour { get; set; }
        = (activity, input, _, _) => Task.FromResult($"{activity}({input})");

    /// <summary>Activity and input of each call, in order: <c>Fetch(a)</c>.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public async Task<Word> RunAsync(string activity, Word input, CancellationToken cancellationToken)
    {
        string call = $"{activity}({input.Text})";
        _calls.Enqueue(call);
        return new Word(await Behaviour(activity, input.Text, _counts.AddOrUpdate(call, 1, (_, count) => count + 1), cancellationToken));
    }
}

/// <summary>The only message of the test's workflows.</summary>
internal sealed record Word(string Text);

internal sealed class Fetch(Script script)
{
    public Task<Word> RunAsync(Word input, CancellationToken cancellationToken) => script.RunAsync(nameof(Fetch), input, cancellationToken);
}

internal sealed class Refine(Script script)
{
    public Task<Word> RunAsync(Word input, CancellationToken cancellationToken) => script.RunAsync(nameof(Refine), input, cancellationToken);
}

internal sealed class Store(Script script)
{
    public Task<Word> RunAsync(Word input, CancellationToken cancellationToken) => script.RunAsync(nameof(Store), input, cancellationToken);
}

internal sealed class HopelessException(string message) : PermanentFailureException(message);
