using FineTune.Emulator.Datasets;
using FineTune.Emulator.Files;
using FineTune.Emulator.Models;

namespace FineTune.Emulator.Jobs;

/// <summary>The provider's judgement of a job's files, given while it validates them.</summary>
internal static class DatasetVerdict
{
    private const int FewestTrainingExamples = 10;
    private const int MostPrompts = 50_000;
    private const int MostValidationPrompts = 1_000;

    public static JobFailure? Of(JobRequest request, StoredFile training, StoredFile? validation)
        => OfFile(request, training.Facts!, "training", FewestTrainingExamples)
            ?? (validation is null ? null : OfFile(request, validation.Facts!, "validation", fewest: 1));

    private static JobFailure? OfFile(JobRequest request, DatasetFacts facts, string use, int fewest)
    {
        string param = use + "_file";
        if (facts.Problem is { NotJson: true } broken)
        {
            return new JobFailure(
                "invalid_file_format", $"Invalid file format. Line {broken.Line} of the {use} file {broken.Text}.", param);
        }

        if (SchemaProblem(request, facts) is { } problem)
        {
            return new JobFailure(
                $"invalid_{param}", $"The job failed due to an invalid {use} file. Invalid file format. {problem}", param);
        }

        string title = $"{char.ToUpperInvariant(use[0])}{use[1..]} file has {facts.Examples} example(s)";
        int most = request.Method != JobRequest.Reinforcement ? int.MaxValue : use == "training" ? MostPrompts : MostValidationPrompts;
        return facts.Examples < fewest ? new JobFailure("invalid_n_examples", $"{title}, but must have at least {fewest} examples", param)
            : facts.Examples > most ? new JobFailure("invalid_n_examples", $"{title}, but must have at most {most} examples", param)
            : null;
    }

    private static string? SchemaProblem(JobRequest request, DatasetFacts facts)
    {
        var expected = Expected(request);
        return facts.Problem is { } wrong ? $"Line {wrong.Line}, {wrong.Text}"
            : facts.Examples > 0 && facts.Format != expected
                ? $"The examples are in {facts.Format} format; method {request.Method} on {request.Model} expects {expected}"
            : request.Method == JobRequest.Reinforcement ? ReinforcementProblem(request, facts)
            : facts.Unlearnable is { } silent ? $"Line {silent.Line}, {silent.Text}"
            : null;
    }

    private static string? ReinforcementProblem(JobRequest request, DatasetFacts facts)
        => facts.NotAsking is { } other ? $"Line {other.Line}, {other.Text}"
            : GraderReader.ItemKeys(request.Grader!.Value).FirstOrDefault(key => facts.Keys?.Contains(key) is false) is { } missing
                ? $"The grader uses item.{missing}, which not every example has"
            : null;

    private static DatasetFormat Expected(JobRequest request)
        => request.Method == JobRequest.Preference ? DatasetFormat.Preference
            : BaseModels.Resolve(request.Model)!.IsChat ? DatasetFormat.Chat
            : DatasetFormat.Completion;
}
