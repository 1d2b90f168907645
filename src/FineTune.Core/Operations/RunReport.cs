namespace FineTune.Operations;

/// <summary>A report as it is sent.</summary>
public sealed record RunReport(Stream Content, string MediaType);
