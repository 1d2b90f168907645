namespace FineTune.Datasets.Rules;

/// <summary>Rules about the settings a dataset is to be trained with.</summary>
public static class SpecRules
{
    private const string Wire = "OpenAI OpenAPI document, CreateFineTuningJobRequest";
    private const string Catalogue = "the model catalogue";

    public static readonly DatasetRule UnknownModel = new(
        "model-unknown", Severity.Error,
        "The catalogue of {0} does not know the base model; its limits, tokens and price are unknown.",
        "Check the name, or describe the model in a catalogue file of your own.",
        Catalogue);

    public static readonly DatasetRule ModelClosed = new(
        "model-closed", Severity.Error,
        "Training {0} at {1} closed on {2:yyyy-MM-dd}.",
        "Choose another model or provider; if the date has moved, correct it in a catalogue file of your own.",
        Catalogue);

    public static readonly DatasetRule ModelClosing = new(
        "model-closing", Severity.Warning,
        "Training {0} at {1} closes on {2:yyyy-MM-dd}.",
        "Train before that day, or choose another model or provider.",
        Catalogue);

    public static readonly DatasetRule ModelRetiring = new(
        "model-retiring", Severity.Warning,
        "{0} and every model tuned from it stop answering at {1} on {2:yyyy-MM-dd}.",
        "Plan the move to another model, or train where it lives longer.",
        Catalogue);

    public static readonly DatasetRule MethodNotOffered = new(
        "method-not-offered", Severity.Error,
        "{0} is not trained with the method {1}; it offers: {2}.",
        "Choose another method or model.",
        Catalogue);

    public static readonly DatasetRule EpochsOutOfRange = new(
        "epochs-out-of-range", Severity.Error,
        "n_epochs is {0}; expected 1 to 50.",
        "Leave it out for the provider's choice, or use a number in that range.",
        Wire);

    public static readonly DatasetRule BatchSizeOutOfRange = new(
        "batch-size-out-of-range", Severity.Error,
        "batch_size is {0}; expected 1 to 256.",
        "Leave it out for the provider's choice, or use a number in that range.",
        Wire);

    public static readonly DatasetRule LearningRateOutOfRange = new(
        "learning-rate-out-of-range", Severity.Error,
        "learning_rate_multiplier is {0}; expected a number above 0.",
        "Leave it out for the provider's choice, or use a number above 0.",
        Wire);

    public static readonly DatasetRule BetaOutOfRange = new(
        "beta-out-of-range", Severity.Error,
        "beta is {0}; expected more than 0 and at most 2.",
        "Leave it out for the provider's choice, or use a number in that range.",
        Wire);

    public static readonly DatasetRule BetaWithoutPreference = new(
        "beta-without-preference", Severity.Error,
        "beta is set, but the method is not preference training (dpo), the only one that has it.",
        "Leave it out, or choose the method dpo.",
        Wire);

    public static readonly DatasetRule SuffixWrong = new(
        "suffix-wrong", Severity.Error,
        "The suffix has {0} characters; expected 1 to 40: the run's key is added to it, and the provider allows 64.",
        "Shorten it.",
        Wire);

    public static readonly DatasetRule SeedOutOfRange = new(
        "seed-out-of-range", Severity.Error,
        "The seed is {0}; expected 0 to 2147483647.",
        "Use a number that is not negative.",
        Wire);

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        UnknownModel, ModelClosed, ModelClosing, ModelRetiring, MethodNotOffered, EpochsOutOfRange, BatchSizeOutOfRange,
        LearningRateOutOfRange, BetaOutOfRange, BetaWithoutPreference, SuffixWrong, SeedOutOfRange,
    ];
}
