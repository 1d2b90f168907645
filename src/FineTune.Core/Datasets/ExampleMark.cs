using FineTune.Datasets.Reading;
using FineTune.Datasets.Similarity;

namespace FineTune.Datasets;

/// <summary>What an example is recognised by when it is compared with all others.</summary>
/// <param name="At">Where in the line the example starts.</param>
/// <param name="Whole">The fingerprint of all of it.</param>
/// <param name="Prompt">The fingerprint of what is answered; 0 when nothing is asked.</param>
/// <param name="Sketch">Of what is said in it, without the system's words.</param>
internal readonly record struct ExampleMark(Line Line, int At, ulong Whole, ulong Prompt, Sketch Sketch);
