using FineTune.Datasets.Formats.Chat;

namespace FineTune.Datasets.Counting;

/// <summary>Adds up how examples are made up.</summary>
internal sealed class StatisticsTally
{
    private const int MostTruncated = 20;

    // Eighths of each power of two up to 131,072, so that examples of much the same length have a shape, too.
    private static readonly long[] TokenEnds = [.. Enumerable.Range(0, 120).Select(step => step < 8 ? step + 1 : (9L + (step % 8)) << ((step / 8) - 1))];

    private static readonly long[] MessageEnds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24, 32, 48, 64, 128];

    private readonly Histogram _tokens = new(TokenEnds);
    private readonly Histogram _messages = new(MessageEnds);
    private readonly (long Messages, long Tokens)[] _roles = new (long, long)[ChatRoles.Count];
    private readonly List<TruncatedExample> _truncated = [];

    public void Clear()
    {
        _tokens.Clear();
        _messages.Clear();
        _truncated.Clear();
        Array.Clear(_roles);
    }

    public void Take(ExampleTokens example)
    {
        _tokens.Take(example.Total.High);
        if (example.Messages.Count > 0)
        {
            _messages.Take(example.Messages.Count);
        }

        for (int index = 0; index < example.Messages.Count; index++)
        {
            var message = example.Messages[index];
            ref var role = ref _roles[(int)message.Role];
            role = (role.Messages + 1, role.Tokens + example.ThroughMessage(index).Low - message.Before.Low);
        }
    }

    public void AddTruncated(TruncatedExample example)
    {
        if (_truncated.Count < MostTruncated)
        {
            _truncated.Add(example);
        }
    }

    public void Add(StatisticsTally other)
    {
        _tokens.Add(other._tokens);
        _messages.Add(other._messages);
        other._truncated.ForEach(AddTruncated);
        for (int role = 0; role < _roles.Length; role++)
        {
            _roles[role] = (_roles[role].Messages + other._roles[role].Messages, _roles[role].Tokens + other._roles[role].Tokens);
        }
    }

    public DatasetStatistics Totals(bool areTokensKnown) => new(
        areTokensKnown ? _tokens.Bars() : [],
        _messages.Bars(),
        [.. _roles.Select((share, role) => new RoleShare(ChatRoles.WordFor((ChatRole)role), share.Messages, share.Tokens))
            .Where(share => share.Messages > 0).OrderByDescending(share => share.Messages)],
        [.. _truncated]);
}
