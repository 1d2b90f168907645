using System.Text.Json;
using FineTune.Emulator.Models;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>Turns the body of a create request into a valid request, or refuses it in the provider's words.</summary>
internal sealed class JobRequestReader(IdSource ids, ModelCatalogue models)
{
    private static readonly string[] Methods = [JobRequest.Supervised, JobRequest.Preference, JobRequest.Reinforcement];

    /// <exception cref="ApiException">400 for whatever the provider refuses before it makes a job.</exception>
    public JobRequest Read(JsonElement body)
    {
        string name = body.RequiredString("model");
        string trainingFile = body.RequiredString("training_file");
        var method = body.OptionalObject("method");
        string type = method?.RequiredString("type") ?? JobRequest.Supervised;
        string model = ResolveModel(name, type);
        var block = method?.OptionalObject(type);
        return new JobRequest(
            model,
            trainingFile,
            type == JobRequest.Reinforcement ? body.RequiredString("validation_file") : body.OptionalString("validation_file"),
            Suffix(body),
            (int?)body.OptionalInteger("seed", 0, int.MaxValue) ?? ids.NextSeed(),
            type,
            HyperparametersReader.Read(type, block?.OptionalObject("hyperparameters") ?? body.OptionalObject("hyperparameters")),
            type == JobRequest.Reinforcement ? GraderReader.Read(block) : null,
            body.OptionalObject("integrations", JsonValueKind.Array),
            MetadataReader.Read(body));
    }

    /// <summary>Aliases become snapshots; a fine-tuned model can be tuned further under its own name.</summary>
    private string ResolveModel(string name, string method)
    {
        bool tuned = name.StartsWith("ft:", StringComparison.Ordinal);
        bool available = BaseModels.Resolve(name) is { } known
            && Methods.Contains(method)
            && known.Reinforcement == (method == JobRequest.Reinforcement)
            && (!tuned || models.OwnerOf(name) is not null);
        if (!available)
        {
            throw ApiException.BadRequest(
                $"Model {name} is not available for fine-tuning or does not exist.", code: "model_not_available");
        }

        return tuned ? name : BaseModels.Resolve(name)!.Id;
    }

    private static string? Suffix(JsonElement body)
    {
        const int Longest = 64;
        string? suffix = body.OptionalString("suffix");
        return suffix is null || suffix.Length is > 0 and <= Longest
            ? suffix
            : throw ApiException.BadRequest($"Invalid suffix: expected 1 to {Longest} characters, but got {suffix.Length}.", "suffix");
    }
}
