namespace FineTune.Local.Cli;

/// <summary>Where a server of ours answers, for programs that started it.</summary>
/// <param name="Folder">Where datasets are dropped, or the state is kept.</param>
internal sealed record Listening(string Address, string Folder);
