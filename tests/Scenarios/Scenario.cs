using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Operations;

namespace FineTune.Tests.Scenarios;

/// <summary>One story of a run: what is dropped, what the provider and the people do, and what the books say in the end.</summary>
internal sealed record Scenario
{
    /// <summary>The dataset that is dropped as <see cref="ScenarioHost.Dataset"/>.</summary>
    public required string Content { get; init; }

    /// <summary>What is dropped beside it; null for nothing.</summary>
    public string? Validation { get; init; }

    /// <summary>What is asked for, but for the dataset and its alias.</summary>
    public StartRequest Request { get; init; } = new();

    /// <summary>Emulated seconds per second and the like; the default makes a job that takes about a second.</summary>
    public EmulatorOptions Provider { get; init; } = new() { Speed = 100, Seed = 7 };

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Settings over those of <see cref="ScenarioHost.Settings"/>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>What people do while it runs.</summary>
    public Func<ScenarioHost, string, Task> Meanwhile { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>What <see cref="ScenarioStory"/> makes of the books.</summary>
    public required string Story { get; init; }
}
