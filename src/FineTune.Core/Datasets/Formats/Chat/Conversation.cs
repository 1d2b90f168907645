using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>What the messages must be together: who speaks when, and that there is something to learn.</summary>
internal sealed class Conversation(ProblemLog problems)
{
    private ChatRole _last;
    private JsonValue _lastValue;
    private int _count;
    private int _ofAssistant;
    private int _withoutWeight;
    private bool _hasUser;
    private bool _hasUnknown;
    private bool _hasWeightOne;
    private bool _lacksWeight;

    /// <summary>Whether somebody told the model how to behave.</summary>
    public bool HasSystem => !SystemMessage.IsMissing;

    /// <summary>What it was told first.</summary>
    public JsonValue SystemMessage { get; private set; }

    public void StartExample()
    {
        (_last, _lastValue, _count, _ofAssistant, _withoutWeight) = (ChatRole.Unknown, default, 0, 0, 0);
        (_hasUser, _hasUnknown, _hasWeightOne, _lacksWeight, SystemMessage) = (false, false, false, false, default);
    }

    public void Take(ChatMessage message)
    {
        JudgeOrder(message);
        _count++;
        _last = message.Role;
        _lastValue = message.Value;
        _hasUser |= message.Role == ChatRole.User;
        SystemMessage = !HasSystem && message.Role is ChatRole.System or ChatRole.Developer ? message.Value : SystemMessage;
        _hasUnknown |= message.Role == ChatRole.Unknown;
        if (message.Role == ChatRole.Assistant)
        {
            _ofAssistant++;
            _withoutWeight += Weights.IsZero(message.Weight) ? 1 : 0;
            _hasWeightOne |= Weights.IsOne(message.Weight);
            _lacksWeight |= message.Weight.IsMissing;
        }
    }

    /// <summary>A message too broken to have a role: who speaks is open from here on.</summary>
    public void TakeUnreadable() => (_last, _hasUnknown) = (ChatRole.Unknown, true);

    /// <summary>Ends a conversation that is learned: it must lead to an answer.</summary>
    public void EndWithAnswer(JsonValue messages)
    {
        if (_ofAssistant == 0)
        {
            // An unknown role is reported already, and most likely it means the assistant.
            Require(_hasUnknown, ChatRules.NoAssistant, messages);
        }
        else if (_last is not (ChatRole.Assistant or ChatRole.Unknown))
        {
            problems.Add(ChatRules.LastNotAssistant, _lastValue, ChatRoles.NameOf(_last));
        }

        Require(_ofAssistant == 0 || _withoutWeight < _ofAssistant, ChatRules.AllWeightsZero, messages);
        Require(!_hasWeightOne || !_lacksWeight, ChatRules.SomeWeights, messages);
        Require(_hasUser || _hasUnknown, ChatRules.NoUser, messages);
    }

    /// <summary>Ends a conversation that outputs answer, and that must not answer itself.</summary>
    public void EndBeforeAnswer(JsonValue messages)
    {
        Require(_last != ChatRole.Assistant, PreferenceRules.InputEndsWithAnswer, _lastValue);
        Require(_ofAssistant == 0 || _last == ChatRole.Assistant, PreferenceRules.ManyTurns, messages);
        Require(_hasUser || _hasUnknown, ChatRules.NoUser, messages);
    }

    /// <summary>Ends a conversation the model itself will answer.</summary>
    public void EndWithQuestion()
    {
        if (_last is not (ChatRole.User or ChatRole.Unknown))
        {
            problems.Add(ReinforcementRules.LastNotUser, _lastValue, ChatRoles.NameOf(_last));
        }
    }

    private void JudgeOrder(ChatMessage message)
    {
        if (message.Role == ChatRole.Assistant && _last == ChatRole.Assistant)
        {
            problems.Add(ChatRules.AssistantRepeated, message.Value);
        }

        if (message.Role == ChatRole.User && _last == ChatRole.User)
        {
            problems.Add(ChatRules.UserRepeated, message.Value);
        }

        if (message.Role is ChatRole.System or ChatRole.Developer && _count > 0)
        {
            problems.Add(ChatRules.SystemNotFirst, message.Value);
        }
    }

    private void Require(bool isRight, DatasetRule rule, JsonValue place)
    {
        if (!isRight)
        {
            problems.Add(rule, place);
        }
    }
}
