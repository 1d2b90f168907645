namespace FineTune.Local.Engine.Journaling;

/// <summary>What a workflow can ask for. The names are persisted.</summary>
internal enum StepKind
{
    Activity,
    SubWorkflow,
    Timer,
    Event,
}
