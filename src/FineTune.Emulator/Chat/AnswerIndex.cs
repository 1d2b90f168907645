using System.Text.Json;
using FineTune.Emulator.Datasets;

namespace FineTune.Emulator.Chat;

/// <summary>
/// The prompts of a dataset and what it answers to each. An exact prompt gets its own answer; any other the answer of the
/// prompt that shares most words with it. Reads the first 50,000 examples.
/// </summary>
internal sealed class AnswerIndex
{
    private const int MostExamples = 50_000;
    private readonly List<(string Answer, int Words)> _examples = [];
    private readonly Dictionary<string, int> _byPrompt = [];
    private readonly Dictionary<string, List<int>> _byWord = new(StringComparer.OrdinalIgnoreCase);

    public static async Task<AnswerIndex> ReadAsync(Stream dataset, CancellationToken cancellationToken)
    {
        var index = new AnswerIndex();
        await foreach (var line in DatasetReader.ReadLinesAsync(dataset, cancellationToken))
        {
            if (index._examples.Count < MostExamples && !line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                index.Add(line);
            }
        }

        return index;
    }

    public string Answer(string prompt)
    {
        if (_byPrompt.TryGetValue(prompt, out int exact))
        {
            return _examples[exact].Answer;
        }

        var words = Words(prompt);
        var shared = new Dictionary<int, int>();
        foreach (int example in words.SelectMany(w => _byWord.GetValueOrDefault(w, [])))
        {
            shared[example] = shared.GetValueOrDefault(example) + 1;
        }

        return shared.Count == 0
            ? "Simulated answer: no training example shares a word with this prompt."
            : _examples[shared.MaxBy(s => ((double)s.Value / (words.Count + _examples[s.Key].Words - s.Value), -s.Key)).Key].Answer;
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string word in text.Split(
            [' ', '\n', '\t', '.', ',', '?', '!', ':', ';', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
        {
            words.Add(word);
        }

        return words;
    }

    private void Add(ReadOnlyMemory<byte> line)
    {
        // A byte order mark on the first line is the only thing validation forgives and JSON does not.
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        using var document = JsonDocument.Parse(line.Span.StartsWith(mark) ? line[mark.Length..] : line);
        foreach (var (prompt, answer) in ExamplePairs.Of(document.RootElement))
        {
            var words = Words(prompt);
            _byPrompt.TryAdd(prompt, _examples.Count);
            foreach (string word in words)
            {
                (_byWord.TryGetValue(word, out var places) ? places : _byWord[word] = []).Add(_examples.Count);
            }

            _examples.Add((answer, words.Count));
        }
    }
}
