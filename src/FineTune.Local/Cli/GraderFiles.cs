using System.CommandLine;
using System.Text.Json;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary>The files that say how reinforcement training scores an answer; what is in them counts as if it stood beside the dataset.</summary>
internal static class GraderFiles
{
    public static readonly Option<FileInfo?> Grader = new("--grader")
    {
        Description = "The grader of a reinforcement job, JSON. The default is \"grader\" in NAME.finetune.json.",
        HelpName = "file",
    };

    public static readonly Option<FileInfo?> ResponseFormat = new("--response-format")
    {
        Description = "Its response format, JSON. The default is \"responseFormat\" there.",
        HelpName = "file",
    };

    /// <returns>Null where the option is not given.</returns>
    public static async Task<JsonElement?> ReadJsonAsync(this ParseResult parsed, Option<FileInfo?> option, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(option) is not { } file)
        {
            return null;
        }

        await using FileStream stream = SourceFile.Open(file);
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new InvalidRequestException($"'{file.FullName}' ({option.Name}) is not JSON: {exception.Message}");
        }
    }
}
