using System.Text.Json;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>What one message must be on its own, apart from its content and its tool calls.</summary>
internal sealed class MessageChecks(ProblemLog problems, ExampleTokens tokens)
{
    public void Judge(ChatMessage message)
    {
        JudgeRole(message);
        JudgeName(message);
        JudgeWeight(message);
        JudgeRefusal(message);
    }

    private void JudgeRole(ChatMessage message)
    {
        if (message.RoleValue.IsMissing)
        {
            problems.Add(ChatRules.MissingRole, message.Value);
            return;
        }

        if (message.Role == ChatRole.Unknown)
        {
            problems.Add(ChatRules.UnknownRole, message.RoleValue, Quote.Word(message.RoleValue, ChatRoles.KnownWords));
        }

        tokens.AddMessage(message.RoleValue.IsString ? message.RoleValue.Text : default);
    }

    private void JudgeName(ChatMessage message)
    {
        if (message.Role == ChatRole.Function && message.Name.IsNothing)
        {
            problems.Add(ToolRules.FunctionWithoutName, message.Value);
        }

        if (message.Name.IsMissing)
        {
            return;
        }

        if (Identifier.Fault(message.Name) is { } fault)
        {
            problems.Add(ChatRules.NameWrong, message.Name, fault);
        }

        tokens.AddName(message.Name.IsString ? message.Name.Text : default);
    }

    private void JudgeWeight(ChatMessage message)
    {
        if (message.Weight.IsMissing)
        {
            return;
        }

        if (!Weights.IsZero(message.Weight) && !Weights.IsOne(message.Weight))
        {
            string found = message.Weight.Kind == JsonTokenType.Number ? "another number" : Quote.Kind(message.Weight);
            problems.Add(ChatRules.WeightWrong, message.Weight, found);
        }

        if (message.Role is not (ChatRole.Assistant or ChatRole.Unknown))
        {
            problems.Add(ChatRules.WeightNotOnAssistant, message.Weight, message.From);
        }
    }

    private void JudgeRefusal(ChatMessage message)
    {
        if (message.Refusal.IsNothing)
        {
            return;
        }

        if (message.Role != ChatRole.Assistant || !message.Refusal.IsString)
        {
            problems.Add(ChatRules.RefusalWrong, message.Refusal, Quote.Kind(message.Refusal), message.From);
            return;
        }

        tokens.AddText(message.Refusal.Text);
    }
}
