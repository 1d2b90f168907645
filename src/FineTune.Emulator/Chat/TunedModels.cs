using System.Collections.Concurrent;
using FineTune.Emulator.Models;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Chat;

/// <summary>Answers for a fine-tuned model from its training examples, for a base model with a sentence that says it is simulated.</summary>
internal sealed class TunedModels(ModelCatalogue models, ContentFolder contents)
{
    private const int MostCached = 16;
    private readonly ConcurrentDictionary<string, Lazy<Task<AnswerIndex>>> _byTrainingFile = new();

    /// <exception cref="ApiException">404 where there is no such model now.</exception>
    public async Task<string> AnswerAsync(string model, string prompt, CancellationToken cancellationToken)
    {
        if (models.OwnerOf(model) is { } job)
        {
            var index = await IndexOfAsync(job.Request.TrainingFile).WaitAsync(cancellationToken);
            return index.Answer(prompt);
        }

        if (model.StartsWith("ft:", StringComparison.Ordinal) || BaseModels.Resolve(model) is null)
        {
            throw new ApiException(404, $"The model `{model}` does not exist or you do not have access to it.", code: "model_not_found");
        }

        return "Simulated answer: the emulator holds no base model, only what its fine-tuned models were trained on.";
    }

    private Task<AnswerIndex> IndexOfAsync(string trainingFile)
    {
        if (_byTrainingFile.Count >= MostCached && !_byTrainingFile.ContainsKey(trainingFile))
        {
            _byTrainingFile.Clear();
        }

        return _byTrainingFile.GetOrAdd(trainingFile, id => new Lazy<Task<AnswerIndex>>(() => ReadAsync(id))).Value;
    }

    private async Task<AnswerIndex> ReadAsync(string trainingFile)
    {
        await using var stream = contents.OpenRead(trainingFile);
        return await AnswerIndex.ReadAsync(stream, CancellationToken.None);
    }
}
