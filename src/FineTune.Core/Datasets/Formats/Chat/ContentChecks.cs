using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Similarity;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>What a message's content must be, and its tokens.</summary>
internal sealed class ContentChecks(ProblemLog problems, ExampleTokens tokens, TextSketcher sketcher, PartChecks parts)
{
    public void Judge(ChatMessage message)
    {
        if (message.Content.IsNothing)
        {
            JudgeAbsence(message);
        }
        else if (message.Content.IsString)
        {
            JudgeText(message);
        }
        else if (message.Content.IsEmptyArray)
        {
            problems.Add(ChatRules.EmptyContent, message.Content);
        }
        else if (message.Content.IsArray)
        {
            parts.Judge(message);
        }
        else
        {
            problems.Add(ChatRules.WrongContentKind, message.Content, Quote.Kind(message.Content));
        }
    }

    private void JudgeAbsence(ChatMessage message)
    {
        if (!message.MayLackContent)
        {
            problems.Add(ChatRules.MissingContent, message.Content.IsMissing ? message.Value : message.Content);
        }
    }

    private void JudgeText(ChatMessage message)
    {
        var text = message.Content.Text;
        tokens.AddText(text);
        if (message.IsPartOfTalk)
        {
            sketcher.Add(text);
        }

        if (text.IsEmpty)
        {
            // A tool may have nothing to say, and what calls tools or refuses need not say more.
            if (message.Role is not (ChatRole.Tool or ChatRole.Function) && !message.MayLackContent)
            {
                problems.Add(ChatRules.EmptyContent, message.Content);
            }
        }
        else if (text[0] <= ' ' && text.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            problems.Add(ChatRules.BlankContent, message.Content);
        }
    }
}
