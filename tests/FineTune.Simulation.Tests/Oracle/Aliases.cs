using FineTune.Ports;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>What aliases mean, and who may say so.</summary>
internal static class Aliases
{
    /// <summary>I6, of aliases: what a person chose stays, a run only puts a newer model in an older one's place, and no change is forgotten.</summary>
    public static IEnumerable<string> WhatAPersonChoseStays(Evidence evidence) => MovedAgainstAPerson(evidence.Chronicle.Aliases);

    /// <param name="changes">In the order in which they were written.</param>
    public static IEnumerable<string> MovedAgainstAPerson(IEnumerable<(AliasRow? Before, AliasRow After)> changes)
    {
        foreach ((AliasRow? before, AliasRow after) in changes)
        {
            AliasChange change = after.History[^1];
            bool isRun = change.By.StartsWith("run ", StringComparison.Ordinal);
            if (isRun && before is { Held: true })
            {
                yield return $"{change.By} moved the alias {after.Alias}, which a person had set to {before.ModelId}";
            }

            if (isRun && before?.ModelCreatedAt > after.ModelCreatedAt)
            {
                yield return $"{change.By} put an older model in the place of {before.ModelId}";
            }

            if (after.History.Count != (before?.History.Count ?? 0) + 1 || change.From != before?.ModelId || change.To != after.ModelId)
            {
                yield return $"the history of the alias {after.Alias} does not tell how it came to {after.ModelId}";
            }
        }
    }

    /// <summary>I4, of aliases: each means a model there is.</summary>
    public static IEnumerable<string> EveryAliasMeansAModel(Evidence evidence)
        => evidence.Aliases.Where(alias => !evidence.Models.Any(model => model.ModelId == alias.ModelId))
            .Select(alias => $"the alias {alias.Alias} means {alias.ModelId}, which is no model of ours");
}
