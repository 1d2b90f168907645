using System.Text.Json.Serialization;

namespace FineTune.Local.Cli;

/// <summary>What only the command line prints as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ListedRule[]))]
[JsonSerializable(typeof(Listening))]
[JsonSerializable(typeof(Answered))]
internal sealed partial class CliJson : JsonSerializerContext;
