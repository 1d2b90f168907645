namespace FineTune.Local.Engine.Journaling;

/// <summary>An external event that nobody has consumed yet.</summary>
internal sealed record InboxRow(long Id, string Name, string Payload);
