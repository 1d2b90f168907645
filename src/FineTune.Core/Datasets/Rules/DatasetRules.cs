namespace FineTune.Datasets.Rules;

/// <summary>Every rule there is, in the order in which a dataset meets them.</summary>
public static class DatasetRules
{
    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        .. FileRules.All, .. JsonRules.All, .. DatasetWideRules.All, .. ChatRules.All, .. PartRules.All, .. ToolRules.All,
        .. PreferenceRules.All, .. ReinforcementRules.All, .. CompletionRules.All, .. SecretRules.All, .. ModerationRules.All,
        .. SpecRules.All,
    ];
}
