using System.Text.Json.Serialization;

namespace FineTune.Emulator.Wire;

/// <summary>The provider's error object.</summary>
internal sealed record WireError(string Message, string Type, string? Param, string? Code);

/// <summary>The file routes repeat message and code in a second object.</summary>
internal sealed record WireErrorDetail(string Message, string? Code);

/// <summary>The body of every refused request.</summary>
internal sealed record WireErrorBody(
    WireError Error, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WireErrorDetail? Detail);
