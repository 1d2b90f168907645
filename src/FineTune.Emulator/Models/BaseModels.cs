using System.Collections.Frozen;

namespace FineTune.Emulator.Models;

/// <summary>A model one can tune, with what it takes.</summary>
/// <param name="ShutdownDate">The provider's announced last day, as it answers it.</param>
internal sealed record BaseModel(string Id, bool IsChat, bool Reinforcement, string? ShutdownDate);

/// <summary>The base models the emulator offers, and the aliases the provider resolves to dated snapshots.</summary>
internal static class BaseModels
{
    private const string LastDay = "2027-01-14";

    private static readonly BaseModel[] Known =
    [
        new("gpt-4.1-2025-04-14", true, false, LastDay),
        new("gpt-4.1-mini-2025-04-14", true, false, LastDay),
        new("gpt-4.1-nano-2025-04-14", true, false, "2026-10-23"),
        new("gpt-4o-2024-08-06", true, false, LastDay),
        new("gpt-4o-mini-2024-07-18", true, false, LastDay),
        new("o4-mini-2025-04-16", true, true, "2026-10-23"),
        new("gpt-3.5-turbo-0125", true, false, "2026-10-23"),
        new("gpt-3.5-turbo-1106", true, false, "2026-09-28"),
        new("davinci-002", false, false, "2026-09-28"),
        new("babbage-002", false, false, "2026-09-28"),
    ];

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["gpt-4.1"] = "gpt-4.1-2025-04-14",
        ["gpt-4.1-mini"] = "gpt-4.1-mini-2025-04-14",
        ["gpt-4.1-nano"] = "gpt-4.1-nano-2025-04-14",
        ["gpt-4o"] = "gpt-4o-2024-08-06",
        ["gpt-4o-mini"] = "gpt-4o-mini-2024-07-18",
        ["o4-mini"] = "o4-mini-2025-04-16",
        ["gpt-3.5-turbo"] = "gpt-3.5-turbo-0125",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, BaseModel> ById = Known.ToFrozenDictionary(m => m.Id);

    public static IReadOnlyList<BaseModel> All => Known;

    /// <summary>The model a name stands for: a snapshot, an alias, or the base of a fine-tuned model (<c>ft:BASE:…</c>).</summary>
    public static BaseModel? Resolve(string name)
    {
        string id = name.StartsWith("ft:", StringComparison.Ordinal) ? name.Split(':')[1] : name; // a split always has what follows "ft:"
        return ById.GetValueOrDefault(Aliases.GetValueOrDefault(id, id));
    }
}
