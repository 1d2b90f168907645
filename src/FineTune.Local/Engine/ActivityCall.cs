namespace FineTune.Local.Engine;

/// <summary>One attempt that waits for its turn.</summary>
/// <param name="Input">As JSON.</param>
/// <param name="Ended">Not called when the engine's stop interrupted it: then it is simply run again.</param>
internal sealed record ActivityCall(string InstanceId, string Name, string Input, Action<ActivityEnd> Ended);
