using System.Text.Json.Serialization;

namespace FineTune.Local.Cli;

/// <summary>What only the command line prints as JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class CliJson : JsonSerializerContext;
