using System.Text.Json;
using System.Text.RegularExpressions;

namespace FineTune.Datasets.Formats.Reinforcement;

/// <summary>What the templates in a grader, <c>{{ item.answer }}</c> and <c>{{ sample.output_json.x }}</c>, refer to.</summary>
internal sealed partial class GraderTemplates
{
    // Python, where braces mean something else.
    private const string Code = "source";

    private readonly SortedSet<string> _fields = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Fields => _fields;

    /// <summary>Whether the model's answer is read as JSON.</summary>
    public bool UseOutputJson { get; private set; }

    /// <summary>Whether one refers to something else than an item or a sample.</summary>
    public bool ReferElsewhere { get; private set; }

    /// <summary>Reads all strings of a grader. JSON that was parsed is at most 64 levels deep, and so is this.</summary>
    public void Read(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                ReadText(value.GetString()!);
                break;
            case JsonValueKind.Array:
                value.EnumerateArray().ToList().ForEach(Read);
                break;
            case JsonValueKind.Object:
                value.EnumerateObject().Where(property => property.Name != Code).ToList().ForEach(property => Read(property.Value));
                break;
        }
    }

    private void ReadText(string text)
    {
        foreach (Match template in Template().Matches(text))
        {
            string name = template.Groups["name"].Value;
            ReferElsewhere |= !template.Groups["of"].Success;
            UseOutputJson |= template.Groups["of"].Value == "sample" && name == "output_json";
            if (template.Groups["of"].Value == "item")
            {
                _fields.Add(name);
            }
        }
    }

    [GeneratedRegex(@"\{\{\s*((?<of>item|sample)\s*\.\s*(?<name>[A-Za-z0-9_]+)|[A-Za-z_])", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Template();
}
