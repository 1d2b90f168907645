namespace FineTune.Workflows;

/// <summary>The operator's view of a running workflow, set as its custom status.</summary>
/// <param name="Step">A value of <see cref="FineTuneStep"/>.</param>
/// <param name="Detail">One sentence, free of training text.</param>
/// <param name="Percent">Of the training, 0–100; null before it starts or where the provider does not say.</param>
/// <param name="TrainLoss">Newest training loss.</param>
/// <param name="ValidLoss">Newest validation loss.</param>
public sealed record FineTuneProgress(
    FineTuneStep Step, string Detail, double? Percent = null, double? TrainLoss = null, double? ValidLoss = null)
{
    /// <summary>Why nobody goes on with the workflow; null while somebody does.</summary>
    public string? Parked { get; init; }

    /// <summary>The <see cref="WorkflowBuild"/> that disagrees with the history; null on an engine that asks again at every start.</summary>
    public string? ParkedBy { get; init; }

    /// <summary>This, with the numbers of an earlier look where this one brought none.</summary>
    public FineTuneProgress Over(FineTuneProgress? earlier) => this with
    {
        Percent = Percent ?? earlier?.Percent,
        TrainLoss = TrainLoss ?? earlier?.TrainLoss,
        ValidLoss = ValidLoss ?? earlier?.ValidLoss,
    };
}
