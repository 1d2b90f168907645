namespace FineTune.Local.Engine;

/// <summary>A sub-workflow's id belongs to an instance that somebody else started.</summary>
internal sealed class InstanceIdTakenException(string instanceId)
    : PermanentFailureException($"The instance '{instanceId}' is there already and was started by someone else; "
        + "expected an id that only this workflow uses. Derive it from this workflow's own id.");
