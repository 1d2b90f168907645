namespace FineTune.Ports;

/// <summary>One event of a job as the provider told it.</summary>
/// <param name="Id">The provider's; unique within the run.</param>
/// <param name="Level"><c>info</c>, <c>warn</c> or <c>error</c>; any other word is kept as it came.</param>
/// <param name="Type"><c>message</c>, <c>metrics</c> or any other word.</param>
/// <param name="Metrics">Numbers by the provider's names (<c>step</c>, <c>train_loss</c> …); null where there are none.</param>
public sealed record RunEvent(
    string Id, DateTimeOffset CreatedAt, string Level, string Type, string Message, IReadOnlyDictionary<string, double>? Metrics = null);
