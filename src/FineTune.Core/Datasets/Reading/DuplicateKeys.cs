using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reading;

/// <summary>Finds keys an object has twice, however they are escaped: a checker may read one of them, the trainer the other.</summary>
internal sealed class DuplicateKeys
{
    private const int FewKeys = 8;

    private readonly int[] _few = new int[FewKeys];
    private readonly HashSet<ulong> _many = [];

    public void Find(JsonValue jsonObject, ProblemLog problems)
    {
        int count = 0;
        _many.Clear();
        foreach (var property in jsonObject.Properties)
        {
            if (IsRepeat(property, count))
            {
                problems.Add(JsonRules.DuplicateKey, property.Name, Quote.Key(property.Name.Text));
            }

            if (count < FewKeys)
            {
                _few[count] = property.Name.Index;
            }

            count++;
        }
    }

    private bool IsRepeat(JsonProperty property, int count)
    {
        if (count < FewKeys)
        {
            return IsAmongFew(property, count);
        }

        if (count == FewKeys)
        {
            foreach (int index in _few)
            {
                _many.Add(Fingerprint.Of(new JsonValue(property.Name.Line, index).Text));
            }
        }

        return !_many.Add(Fingerprint.Of(property.Name.Text));
    }

    private bool IsAmongFew(JsonProperty property, int count)
    {
        for (int index = 0; index < count; index++)
        {
            if (property.Name.Line.TextOf(_few[index]).SequenceEqual(property.Name.Text))
            {
                return true;
            }
        }

        return false;
    }
}
