using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune models</c>: what the runs left behind.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        Command command = new("models", "List the models that runs left behind, newest first; * marks the one its alias means.");
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        IReadOnlyList<ModelView> models = await session.Get<ListModels>().RunAsync(cancellationToken);
        if (parsed.IsJson())
        {
            Console.WriteLine(JsonSerializer.Serialize([.. models], FineTuneJson.Default.ModelViewArray));
            return ExitCode.Done;
        }

        foreach (ModelView model in models)
        {
            Console.WriteLine($"{(model.IsCurrent ? '*' : ' ')} {model.Alias,-20} {model.ModelId}  {model.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}");
        }

        if (models.Count == 0)
        {
            await Console.Error.WriteLineAsync("No run has left a model yet. Start one: finetune run FILE.");
        }

        return ExitCode.Done;
    }
}
