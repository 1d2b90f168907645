using FineTune.Datasets.Formats;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets;

/// <summary>
/// What a line's verdict owes to the lines before it. Nearly always the same at the start of each batch, which is why batches can be
/// inspected before those ahead of them are done.
/// </summary>
/// <param name="BlankLines">Directly before the next line; an error only if something follows them.</param>
/// <param name="HasCarriageReturn">Whether one was reported: the first is enough.</param>
/// <param name="Format">Of the first example that has a known one.</param>
internal readonly record struct InspectionState(
    DocumentState Document, int BlankLines, Line FirstBlank, bool HasCarriageReturn, DatasetFormat? Format);

/// <summary>Where in JSON spread over many lines the next line stands.</summary>
/// <param name="Held">A line that ended before its JSON did; the next one tells why.</param>
/// <param name="IsArray">The rest of the file belongs to one array.</param>
/// <param name="IsReported">The problems say that the file holds such a document.</param>
internal readonly record struct DocumentState(Line? Held, bool IsInside, bool IsArray, bool IsReported);
