using FineTune.Emulator.Files;

namespace FineTune.Emulator.Jobs;

/// <summary>The provider's judgement of a job's files, given while it validates them.</summary>
internal static class DatasetVerdict
{
    private const int FewestTrainingExamples = 10;

    public static JobFailure? Of(JobRequest request, StoredFile training, StoredFile? validation)
        => OfFile(training, "training", FewestTrainingExamples)
            ?? (validation is null ? null : OfFile(validation, "validation", fewest: 1) ?? FormatsDiffer(training, validation));

    private static JobFailure? OfFile(StoredFile file, string use, int fewest)
    {
        var facts = file.Facts!;
        string param = use + "_file";
        return facts.Problem is { NotJson: true } broken
            ? new JobFailure("invalid_file_format", $"Invalid file format. Line {broken.Line} of the {use} file {broken.Text}.", param)
            : facts.Problem is { } wrong
            ? new JobFailure(
                $"invalid_{param}", $"The job failed due to an invalid {use} file. Invalid file format. Line {wrong.Line}, {wrong.Text}", param)
            : facts.Examples < fewest
            ? new JobFailure(
                "invalid_n_examples",
                $"{char.ToUpperInvariant(use[0])}{use[1..]} file has {facts.Examples} example(s), but must have at least {fewest} examples",
                param)
            : null;
    }

    private static JobFailure? FormatsDiffer(StoredFile training, StoredFile validation)
        => training.Facts!.Format == validation.Facts!.Format
            ? null
            : new JobFailure(
                "invalid_validation_file",
                "The job failed due to an invalid validation file. Its examples have another format than those of the training file.",
                "validation_file");
}
