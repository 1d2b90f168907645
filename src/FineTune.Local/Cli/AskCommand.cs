using System.CommandLine;
using System.Text.Json;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary><c>finetune ask MODEL QUESTION</c>: one question to a model, by its alias or its id.</summary>
internal static class AskCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "An alias of yours, or a model's id." };
    private static readonly Argument<string> Question = new("question") { Description = "What to ask." };

    public static Command Create()
    {
        Command command = new("ask", "Ask a model one question.") { Model, Question };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = await LocalSession.OpenWithProviderAsync(parsed, cancellationToken);
        string name = parsed.GetRequiredValue(Model);
        string model = (await session.Get<IRunLedger>().FindAliasAsync(name, cancellationToken))?.ModelId ?? name;
        string answer = await session.Get<IFineTuningApi>().AskAsync(model, parsed.GetRequiredValue(Question), cancellationToken);
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(new Answered(model, answer), CliJson.Default.Answered) : answer);
        return ExitCode.Done;
    }
}
