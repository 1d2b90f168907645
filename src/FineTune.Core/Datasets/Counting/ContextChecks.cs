using System.Globalization;
using FineTune.Catalogue;
using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Counting;

/// <summary>Says which examples are longer than the model trains on, and what of them would be cut off.</summary>
internal sealed class ContextChecks(ProblemLog problems, StatisticsTally statistics, ModelFacts? model)
{
    public void Judge(JsonValue example, ExampleTokens tokens)
    {
        if (model?.TrainingContext is not { } context || tokens.Total.High <= context)
        {
            return;
        }

        long length = tokens.LongestSequence;
        if (length <= context)
        {
            problems.Add(DatasetWideRules.MaybeOverContext, example, tokens.Total.High, model.Name, context);
            return;
        }

        // An example that is no conversation is one piece, and so is what stands before the first message.
        int cut = tokens.Sides is { } sides ? MessageCutOfSides(tokens, sides, context) : FirstMessageCut(tokens, context);
        string lost = cut < 0 || tokens.Sides is not null ? "" : WhatIsLost(tokens, cut, context);
        problems.Add(
            DatasetWideRules.OverContext, cut < 0 ? example : tokens.Messages[cut].Message, length, model.Name, context, length - context, lost);
        statistics.AddTruncated(new TruncatedExample(
            example.Line.Line.Number, tokens.Total, length - context, cut < 0 ? null : FieldPath.Of(tokens.Messages[cut].Message)));
    }

    /// <summary>The longer answer, unless even the prompt is too long. The answers are the last two messages.</summary>
    private static int MessageCutOfSides(ExampleTokens tokens, PreferenceSides sides, long context)
        => sides.Prompt.Low > context || tokens.Messages.Count < 2 ? FirstMessageCut(tokens, context)
            : tokens.Messages.Count - (sides.Preferred.Low >= sides.Other.Low ? 2 : 1);

    private static int FirstMessageCut(ExampleTokens tokens, long context)
    {
        int index = tokens.Messages.Count - 1;
        while (index > 0 && tokens.Messages[index].Before.Low > context)
        {
            index--;
        }

        return index;
    }

    private static string WhatIsLost(ExampleTokens tokens, int cut, long context)
    {
        int answers = 0;
        int damaged = 0;
        for (int index = 0; index < tokens.Messages.Count; index++)
        {
            bool isAnswer = tokens.Messages[index].Role == ChatRole.Assistant;
            answers += isAnswer ? 1 : 0;
            damaged += isAnswer && tokens.ThroughMessage(index).Low > context ? 1 : 0;
        }

        long before = tokens.Messages[cut].Before.Low;
        string isExact = tokens.Total.Low == tokens.Total.High ? "" : "at most ";
        return string.Create(
            CultureInfo.InvariantCulture,
            $" The cut comes in this message, behind {isExact}{Math.Max(0, context - before):N0} of its {tokens.ThroughMessage(cut).Low - before:N0} tokens; of {answers:N0} answers it spares {answers - damaged:N0}.");
    }
}
