namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>The worker's process ended before it answered; whether it did what it was asked, nobody knows.</summary>
internal sealed class WorkerGoneException() : Exception("The worker is gone.");
