using FineTune.Local.Engine.Journaling;
using FineTune.Workflows;

namespace FineTune.Local.Engine.Replay;

/// <summary>What the code asks for, in order, held against what the journal says it asked for before.</summary>
internal sealed class StepSequence(IReadOnlyList<StepRow> recorded)
{
    private readonly Dictionary<int, Step> _open = [];
    private readonly List<Step> _fresh = [];
    private int _issued;

    /// <summary>Why the code does not fit the journal; null as long as it does. Then nothing more is issued.</summary>
    public string? Mismatch { get; set; }

    /// <summary>Neither settled nor given up, in the order they were asked for.</summary>
    public IEnumerable<Step> Open => _open.Values.OrderBy(step => step.Row.Seq);

    /// <summary>Returns the task to await; one that never ends where the code does not fit the journal.</summary>
    public Task<T> Issue<T>(StepRow asked, RetryRule? retry = null, string? childInput = null)
    {
        asked = asked with { Seq = _issued };
        var known = _issued < recorded.Count ? recorded[_issued] : null;
        if (known is not null && !IsSame(known, asked))
        {
            Mismatch ??= $"Step {asked.Seq} was {Describe(known)} when it was journaled; today's code asks for {Describe(asked)}.";
        }

        var step = new Step<T>(known ?? asked) { IsJournaled = known is not null, Retry = retry, ChildInput = childInput };
        if (Mismatch is null)
        {
            _issued++;
            _open.Add(asked.Seq, step);
            _fresh.Add(step);
        }

        return step.Task;
    }

    public Step? Find(int seq) => _open.GetValueOrDefault(seq);

    /// <summary>Takes out the step whose outcome is to be delivered.</summary>
    public Step? Take(int seq)
    {
        _open.Remove(seq, out var step);
        if (step is null)
        {
            Mismatch ??= $"The journal has an outcome for step {seq}, {Describe(recorded[seq])}, before today's code asks for it.";
        }

        return step;
    }

    /// <summary>What was asked for since the last time and has no outcome yet.</summary>
    public IReadOnlyList<Step> TakeFresh()
    {
        var fresh = _fresh.Where(step => _open.ContainsKey(step.Row.Seq)).ToArray();
        _fresh.Clear();
        return fresh;
    }

    /// <summary>To be called once every recorded outcome is delivered.</summary>
    public void RequireAllRecognised()
    {
        if (_issued < recorded.Count)
        {
            Mismatch ??= $"Step {_issued} was {Describe(recorded[_issued])} when it was journaled; today's code does not ask for it.";
        }
    }

    private static bool IsSame(StepRow known, StepRow asked)
        => known.Kind == asked.Kind && known.Name == asked.Name && known.ChildId == asked.ChildId;

    private static string Describe(StepRow step) => step.Kind switch
    {
        StepKind.Timer => "a timer",
        StepKind.Event => $"a wait for the event '{step.Name}'",
        StepKind.SubWorkflow => $"the sub-workflow {step.Name} as '{step.ChildId}'",
        _ => $"the activity {step.Name}",
    };
}
