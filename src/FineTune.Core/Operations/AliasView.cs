using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>An alias as people see it.</summary>
/// <param name="ModelId">The model it means now.</param>
/// <param name="Held">A person chose that model: runs leave the alias alone.</param>
/// <param name="History">Who changed it, when, from what to what; newest first.</param>
public sealed record AliasView(string Alias, string ModelId, bool Held, IReadOnlyList<AliasChange> History)
{
    internal static AliasView Of(AliasRow row) => new(row.Alias, row.ModelId, row.Held, [.. row.History.Reverse()]);
}
