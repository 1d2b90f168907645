using FineTune.Local;
using FineTune.Local.Engine;
using FineTune.Ports;

namespace FineTune.Simulation.Tests.World;

/// <summary>What a test breaks in the product on purpose, to see that the oracle notices.</summary>
internal sealed record Sabotage
{
    public static readonly Sabotage None = new();

    /// <summary>Other workflows than the product's; null: its own.</summary>
    public WorkflowRegistry? Registry { get; init; }

    /// <summary>Changes what the product is told.</summary>
    public Action<Dictionary<string, string?>> Settings { get; init; } = _ => { };

    /// <summary>Around the line to the provider.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Line { get; init; } = line => line;

    /// <summary>What is written in the place of a run's row.</summary>
    public Func<RunRow, RunRow> Run { get; init; } = row => row;

    /// <summary>What is written in the place of a claim.</summary>
    public Func<SpendingClaim, SpendingClaim> Claim { get; init; } = claim => claim;

    /// <summary>What is written in the place of a model's row.</summary>
    public Func<ModelRow, ModelRow> Model { get; init; } = model => model;

    /// <summary>What is written in the place of what runs share: the months' budgets, the line for the provider's jobs.</summary>
    public Func<SharedRow, SharedRow> Shared { get; init; } = row => row;

    /// <summary>SQL that changes a journal behind the engine's back whenever a host starts on it.</summary>
    public string? Journal { get; init; }

    /// <summary>What happens to the files once every host is down.</summary>
    public Action<DataFolder> Disk { get; init; } = _ => { };

    /// <summary>What is stored in the place of some events.</summary>
    public Func<IReadOnlyList<RunEvent>, IReadOnlyList<RunEvent>> Events { get; init; } = events => events;
}
