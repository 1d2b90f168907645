using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Similarity;

namespace FineTune.Datasets;

/// <summary>What the checks of an example share while its batch is inspected.</summary>
/// <param name="MostImages">That the provider takes in one example.</param>
internal sealed record CheckContext(
    ProblemLog Problems, InspectionTotals Totals, ExampleTokens Tokens, TextSketcher Sketcher, ModelFacts? Model, int MostImages);
