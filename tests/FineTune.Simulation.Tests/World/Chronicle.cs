using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using FineTune.Ports;

namespace FineTune.Simulation.Tests.World;

/// <summary>All that happened in one simulation, in order: what the oracle judges by, and what two runs of one seed are compared by.</summary>
internal sealed class Chronicle(TimeProvider truth)
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly HashSet<string> _finished = [];

    /// <summary>For each ledger there was, one after the other: every version of every run's row that was written, in order.</summary>
    public List<List<RunRow>> Ledgers { get; } = [[]];

    /// <summary>Those of the present ledger.</summary>
    public List<RunRow> Rows => Ledgers[^1];

    /// <summary>Each run's row as the present ledger has it, by the run's id.</summary>
    public SortedDictionary<string, RunRow> Runs { get; } = new(StringComparer.Ordinal);

    /// <summary>Those the present ledger has, by the model's id.</summary>
    public SortedDictionary<string, ModelRow> Models { get; } = new(StringComparer.Ordinal);

    /// <summary>Every change of an alias.</summary>
    public List<(AliasRow? Before, AliasRow After)> Aliases { get; } = [];

    /// <summary>The most that was set aside at once, by month.</summary>
    public SortedDictionary<string, decimal> Committed { get; } = new(StringComparer.Ordinal);

    /// <summary>Every exchange with the provider.</summary>
    public List<Exchange> Exchanges { get; } = [];

    /// <summary>How often a step was begun after a journal had its outcome, by instance, name and input.</summary>
    public List<string> Repeated { get; } = [];

    /// <summary>What was seen to go wrong while it happened, as the invariant and a sentence.</summary>
    public List<Violation> Violations { get; } = [];

    /// <summary>When a host was killed or stopped.</summary>
    public List<DateTimeOffset> KilledAt { get; } = [];

    public int Kills => KilledAt.Count;

    /// <summary>By key: the SHA-256 of the file that a job was asked for on.</summary>
    public Dictionary<string, string> TrainedOn { get; } = [];

    /// <summary>How often each thing was done to the product.</summary>
    public SortedDictionary<string, int> Events { get; } = new(StringComparer.Ordinal);

    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _lines))))[..16];

    public int Length => _lines.Count;

    public IReadOnlyList<string> Lines => _lines;

    public void Note(string what)
    {
        lock (_lock)
        {
            _lines.Add($"{truth.GetUtcNow():MM-dd HH:mm:ss.fff} {what}");
        }
    }

    public void Count(string what)
    {
        lock (_lock)
        {
            Events[what] = Events.GetValueOrDefault(what) + 1;
        }
    }

    public void Add(RunRow row)
    {
        lock (_lock)
        {
            Rows.Add(row);
            Runs[row.RunId] = row;
        }

        Note($"row {row.RunId} {row.Status} job {row.JobId} model {row.ModelId} cancel {row.CancelRequested} price {row.PriceHigh}");
    }

    public void Forget(string runId)
    {
        lock (_lock)
        {
            Runs.Remove(runId);
        }
    }

    public void Add(ModelRow model)
    {
        lock (_lock)
        {
            Models[model.ModelId] = model;
        }
    }

    public void Add(Exchange exchange)
    {
        lock (_lock)
        {
            Exchanges.Add(exchange);
        }

        Note($"{exchange.Host} {exchange.Method} {exchange.Path} -> {exchange.Status?.ToString() ?? "nothing"}");
    }

    /// <summary>An attempt of an activity begins.</summary>
    /// <param name="step">Journal, instance, name and input.</param>
    public void Begin(string step)
    {
        lock (_lock)
        {
            if (_finished.Contains(step))
            {
                Repeated.Add(step);
            }
        }
    }

    public void Add(AliasRow? before, AliasRow after)
    {
        lock (_lock)
        {
            Aliases.Add((before, after));
        }

        Note($"alias {after.Alias} {before?.ModelId} -> {after.ModelId} by {after.History[^1].By} held {after.Held}");
    }

    public void Commit(string month, decimal sum)
    {
        lock (_lock)
        {
            Committed[month] = Math.Max(sum, Committed.GetValueOrDefault(month));
        }

        Note($"{month} has {sum} committed");
    }

    /// <summary>Whatever the ledger knew is lost.</summary>
    public void LoseLedger()
    {
        Ledgers.Add([]);
        Runs.Clear();
        Models.Clear();
    }

    /// <summary>Whatever the journals knew is lost.</summary>
    public void LoseJournals() => _finished.Clear();

    /// <summary>A journal was found to have the step's outcome.</summary>
    public void Finish(string step) => _finished.Add(step);

    /// <param name="check">Who saw it.</param>
    public void Blame(string invariant, string sentence, [CallerMemberName] string check = "")
    {
        lock (_lock)
        {
            Violations.Add(new Violation(invariant, check, sentence));
        }
    }
}

/// <summary>One exchange with the provider.</summary>
/// <param name="Status">Null where no answer came.</param>
/// <param name="RetryAfter">In seconds, where the provider said so in a number.</param>
internal sealed record Exchange(DateTimeOffset At, string Host, string Caller, string Method, string Path, int? Status, double? RetryAfter)
{
    /// <summary>How many exchanges there had been when the caller decided to call, for it may be held for long before it goes out.</summary>
    public int AskedAfter { get; init; }

    /// <summary>How many there had been when the caller had the answer; null when it never came.</summary>
    public int? HeardAfter { get; set; }

    public bool CreatesJob => Method == "POST" && Path == "/v1/fine_tuning/jobs";
}

/// <summary>A broken promise of the product.</summary>
/// <param name="Invariant">By its number, such as <c>I1</c>.</param>
/// <param name="Check">The method that found it.</param>
internal sealed record Violation(string Invariant, string Check, string Sentence)
{
    public override string ToString() => $"{Invariant}: {Sentence}";
}
