using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune promote ALIAS MODEL</c> and <c>finetune rollback ALIAS</c>: which model an alias means, by a person's choice.</summary>
internal static class AliasCommands
{
    private static readonly Argument<string> Alias = new("alias") { Description = "Your stable name for a model." };

    private static readonly Argument<string?> Model = new("model")
    {
        Description = "A model's id, or the run that made it. Left out: the newest one made for the alias, and later runs move it again.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command CreatePromote()
    {
        Command command = new("promote", "Point an alias at a model of your choice; later runs leave it there.") { Alias, Model };
        command.SetGuardedAction((parsed, cancellationToken) => RunAsync(
            parsed,
            session => session.Get<PromoteModel>().RunAsync(
                parsed.GetRequiredValue(Alias), new Promotion(parsed.GetValue(Model), Environment.UserName), cancellationToken)));
        return command;
    }

    public static Command CreateRollback()
    {
        Command command = new("rollback", "Point an alias back at the model it meant before; later runs leave it there.") { Alias };
        command.SetGuardedAction((parsed, cancellationToken) => RunAsync(
            parsed,
            session => session.Get<RollBackAlias>().RunAsync(parsed.GetRequiredValue(Alias), new RollBack(Environment.UserName), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Func<LocalSession, Task<AliasView>> act)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        AliasView alias = await act(session);
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(alias, FineTuneJson.Default.AliasView) : AliasText.Of(alias));
        return ExitCode.Done;
    }
}
