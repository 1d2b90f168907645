using System.Text.Json;

namespace FineTune.Datasets.Reading;

/// <summary>One value or property name of a line, in document order; a container's content follows it.</summary>
/// <param name="Start">First byte in the line; of a string, the first byte inside its quotation marks.</param>
/// <param name="End">The byte after its last.</param>
/// <param name="Next">The index of the node after this one and all it contains.</param>
/// <param name="TextStart">Where an escaped string's real text lies in the line's text area; -1 when it is as written.</param>
internal readonly record struct JsonNode(JsonTokenType Kind, int Start, int End, int Next, int TextStart, int TextLength);
