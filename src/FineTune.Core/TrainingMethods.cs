namespace FineTune;

/// <summary>The provider's words for the training methods.</summary>
public static class TrainingMethods
{
    public static string WordFor(TrainingMethod method) => method switch
    {
        TrainingMethod.Preference => "dpo",
        TrainingMethod.Reinforcement => "reinforcement",
        _ => "supervised",
    };

    /// <summary>Null for a word that is none of them.</summary>
    public static TrainingMethod? Find(string? word) => word switch
    {
        "supervised" => TrainingMethod.Supervised,
        "dpo" => TrainingMethod.Preference,
        "reinforcement" => TrainingMethod.Reinforcement,
        _ => null,
    };
}
