using System.CommandLine;

namespace FineTune.Local.Cli;

/// <summary>The whole command line.</summary>
internal static class FineTuneCommand
{
    private const string Description =
        """
        Drop a dataset, get a fine-tuned model.

        Without an API key everything runs against a built-in emulator of the provider: simulated, offline and free. With one
        (OPENAI_API_KEY, or FineTune__Provider__ApiKey and FineTune__Provider__Endpoint) the same commands train for real.

        Start here:
          finetune validate support-bot.jsonl      every problem, by line, with tokens and price; nothing is sent anywhere
          finetune convert faq.csv                 a table becomes a dataset; fix, split and dedupe work on it
          finetune run support-bot.jsonl           from the file to the model's id; survives being stopped at any moment
          finetune ask support-bot "Hello!"        ask the model, by its alias or id
          finetune serve                           watch a folder, answer over HTTP, many runs at once

        Exit codes:
          0  done          3  the dataset cannot be trained on     6  a person has to look (see the status)
          1  unexpected    4  the run failed                       7  another process has the data folder
          2  wrong usage   5  the run was cancelled or rejected    130  interrupted; the run goes on at the next start
        """;

    public static RootCommand Create()
    {
        RootCommand root = CreateWhole();
        BriefHelp.Use(root);
        return root;
    }

    private static RootCommand CreateWhole() => new(Description)
    {
        SharedOptions.Data,
        SharedOptions.Json,
        SharedOptions.Verbose,
        RunCommand.Create(),
        ServeCommand.Create(),
        WatchCommand.Create(),
        StatusCommand.Create(),
        ListCommand.Create(),
        ReportCommand.Create(),
        ValidateCommand.Create(),
        FixCommand.Create(),
        ConvertCommand.Create(),
        SplitCommand.Create(),
        DedupeCommand.Create(),
        RulesCommand.Create(),
        ModelsCommand.Create(),
        AliasCommands.CreatePromote(),
        AliasCommands.CreateRollback(),
        AskCommand.Create(),
        CancelCommand.Create(),
        DecideCommand.Create(approve: true),
        DecideCommand.Create(approve: false),
        PauseCommand.CreatePause(),
        PauseCommand.CreateResume(),
        BudgetCommand.Create(),
        SweepCommand.Create(),
        LineageCommand.Create(),
        EmulatorCommand.Create(),
    };
}
