namespace FineTune.Catalogue;

/// <summary>How long one provider trains and serves a base model.</summary>
/// <param name="TrainingCloses">The first day on which nobody can create a job; null while none is announced.</param>
/// <param name="Retires">The day on which the model and every model tuned from it stop answering; null while none is announced.</param>
public sealed record ModelDates(DateOnly? TrainingCloses = null, DateOnly? Retires = null);
