namespace FineTune.Local.Cli;

/// <summary>What <c>finetune ask --json</c> prints: which model an alias meant, and what it said.</summary>
internal sealed record Answered(string Model, string Answer);
