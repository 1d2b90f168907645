using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary><c>finetune models</c>: what the runs left behind.</summary>
internal static class ModelsCommand
{
    private static readonly Option<bool> AtProvider = new("--at-provider") { Description = "Instead, every model that the provider lists for this account." };

    private static readonly Argument<string?> Alias = new("alias")
    {
        Description = "Instead, what this alias means, and who changed that when.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        Command command = new("models", "List the models that runs left behind, newest first; * marks the one its alias means, ! one a person chose.")
        {
            Alias, AtProvider,
        };
        command.SetGuardedAction((parsed, cancellationToken) => parsed.GetValue(AtProvider)
            ? ListAtProviderAsync(parsed, cancellationToken)
            : parsed.GetValue(Alias) is { } alias ? ShowAliasAsync(parsed, alias, cancellationToken)
            : ListOursAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> ListAtProviderAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = await LocalSession.OpenWithProviderAsync(parsed, cancellationToken);
        IReadOnlyList<string> models = await session.Get<IFineTuningApi>().ListModelsAsync(cancellationToken);
        Console.WriteLine(parsed.IsJson()
            ? JsonSerializer.Serialize([.. models], CliJson.Default.StringArray)
            : string.Join(Environment.NewLine, models));
        return ExitCode.Done;
    }

    private static async Task<int> ShowAliasAsync(ParseResult parsed, string name, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        AliasView alias = await session.Get<ReadAlias>().RunAsync(name, cancellationToken)
            ?? throw new InvalidRequestException($"There is no alias '{name}'. See which there are: {ProgramName.Text} models.");
        Console.WriteLine(parsed.IsJson()
            ? JsonSerializer.Serialize(alias, FineTuneJson.Default.AliasView)
            : string.Join(Environment.NewLine, [AliasText.Of(alias), .. AliasText.History(alias)]));
        return ExitCode.Done;
    }

    private static async Task<int> ListOursAsync(ParseResult parsed, CancellationToken cancellationToken)
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
            char mark = model.IsHeld ? '!' : model.IsCurrent ? '*' : ' ';
            string until = model.ShutdownDate is { } day ? $"  until {day:yyyy-MM-dd}" : "";
            Console.WriteLine($"{mark} {model.Alias,-20} {model.ModelId}  {model.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}{until}");
        }

        foreach (ModelView model in models.Where(model => model.IsCurrent && model.Warning is not null))
        {
            await Console.Error.WriteLineAsync($"Warning: {model.Alias}: {model.Warning}");
        }

        if (models.Count == 0)
        {
            await Console.Error.WriteLineAsync($"No run has left a model yet. Start one: {ProgramName.Text} run FILE.");
        }

        return ExitCode.Done;
    }
}
