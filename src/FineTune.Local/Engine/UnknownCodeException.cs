namespace FineTune.Local.Engine;

/// <summary>A workflow or activity was asked for that this program does not have.</summary>
internal sealed class UnknownCodeException(string kind, string name)
    : PermanentFailureException($"There is no {kind} '{name}' in this program. Register it, or run the version that has it.");
