using System.CommandLine;
using FineTune.Local.Storage;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary><c>finetune run FILE</c>: drops one file and follows it to its model.</summary>
internal static class RunCommand
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The dataset, JSONL." };
    private static readonly Option<FileInfo?> Validation = new("--validation") { Description = "A second dataset that the model is measured on.", HelpName = "file" };
    private static readonly Option<string?> Model = new("--model") { Description = "The base model. The default is in the settings.", HelpName = "name" };
    private static readonly Option<string?> Method = new("--method") { Description = "supervised (the default), dpo or reinforcement." };
    private static readonly Option<string?> Suffix = new("--suffix") { Description = "Part of the new model's name." };
    private static readonly Option<string?> Alias = new("--alias") { Description = "Your stable name for the newest good model. The default is the file's name." };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "Passes over the dataset, 1-50. The default is the provider's choice." };
    private static readonly Option<int?> BatchSize = new("--batch-size") { Description = "Examples a step, 1-256." };
    private static readonly Option<double?> LearningRate = NumberOption.Create("--learning-rate-multiplier", "Above 0.");
    private static readonly Option<double?> Beta = NumberOption.Create("--beta", "Above 0, at most 2; dpo only.");
    private static readonly Option<string?> ReasoningEffort = new("--reasoning-effort") { Description = "default, low, medium or high; this and the next three for reinforcement only." };
    private static readonly Option<double?> ComputeMultiplier = NumberOption.Create("--compute-multiplier", "Above 0.00001, at most 10: how much is spent on exploring.");
    private static readonly Option<int?> EvalInterval = new("--eval-interval") { Description = "Steps between two evaluations." };
    private static readonly Option<int?> EvalSamples = new("--eval-samples") { Description = "Answers an evaluation asks for." };
    private static readonly Option<int?> Seed = new("--seed") { Description = "The default is 42." };
    private static readonly Option<string?> Generation = new("--generation") { Description = "Any text; a new one trains the same data a second time, on purpose." };
    private static readonly Option<int?> Priority = new("--priority") { Description = "-1000 to 1000; more goes first when the provider's jobs are few. The default is 0." };

    public static Command Create()
    {
        Command command = new("run", "Take one dataset to a model: validate, upload, train, record. Stop it at any moment; the next start goes on.")
        {
            File, Validation, Model, Method, GraderFiles.Grader, GraderFiles.ResponseFormat, Suffix, Alias, Epochs, BatchSize, LearningRate, Beta,
            ReasoningEffort, ComputeMultiplier, EvalInterval, EvalSamples, Seed, Generation, Priority,
        };
        Method.AcceptOnlyFromAmong("supervised", "dpo", "reinforcement");
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        DatasetImport.Require(parsed.GetRequiredValue(File));
        await using LocalSession session = await LocalSession.OpenWithEngineAsync(parsed, cancellationToken);
        await session.Host.StartAsync(cancellationToken);
        try
        {
            StartedRun started = await StartAsync(session, parsed, cancellationToken);
            if (!started.IsNew)
            {
                await Console.Error.WriteLineAsync("This run was started before. Nothing of it is done, or paid for, twice.");
            }

            RunView ended = await RunProgress.FollowAsync(session, started.Run, parsed.IsJson(), cancellationToken);
            if (await FindOriginalAsync(session, ended, cancellationToken) is { } original)
            {
                await Console.Error.WriteLineAsync($"Run {original.RunId} has the same data under the same settings and is under way. Following that one.");
                ended = await RunProgress.FollowAsync(session, original, parsed.IsJson(), cancellationToken);
            }

            await RunEnd.PrintAsync(ended, session, parsed.IsJson(), cancellationToken);
            await RunProgress.CleanUpAsync(session, ended.RunId, cancellationToken);
            return ExitCode.Of(ended.Status, ended.ModelId is not null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted. Nothing is lost: the run goes on when you start it again, or with `finetune serve`.");
            return ExitCode.Interrupted;
        }
        finally
        {
            await session.Host.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>What a duplicate is a duplicate of, where that one was not over when this one began: it goes on only while this process works on it.</summary>
    private static async Task<RunView?> FindOriginalAsync(LocalSession session, RunView ended, CancellationToken cancellationToken)
    {
        IRunLedger ledger = session.Get<IRunLedger>();
        return ended is { Status: RunStatus.Duplicate, Key: { } key }
            && await ledger.FindClaimAsync(key, cancellationToken) is { } claim
            && await ledger.FindRunAsync(claim.RunId, cancellationToken) is { } original
            && (original.Status is RunStatus.Running || original.UpdatedAt >= ended.CreatedAt)
            ? await session.Get<GetRun>().RunAsync(claim.RunId, cancellationToken)
            : null;
    }

    private static async Task<StartedRun> StartAsync(LocalSession session, ParseResult parsed, CancellationToken cancellationToken)
    {
        FolderDatasetStore store = session.Get<FolderDatasetStore>();
        FileInfo file = parsed.GetRequiredValue(File);
        DatasetVersion dataset = await DatasetImport.RunAsync(store, file, cancellationToken);
        DatasetVersion? validation = parsed.GetValue(Validation) is { } second
            ? await DatasetImport.RunAsync(store, second, cancellationToken)
            : await DatasetImport.BringValidationAsync(store, file, cancellationToken);
        await DatasetImport.BringSpecAsync(store, file, cancellationToken);
        StartRequest beside = await SettingsBeside.ReadAsync(file, isValidation: false, cancellationToken);
        return await session.Get<StartRun>().OnRequestAsync(
            new StartRequest
            {
                Dataset = dataset.Name,
                ValidationDataset = validation?.Name,
                Model = parsed.GetValue(Model),
                Method = TrainingMethods.Find(parsed.GetValue(Method)),
                Grader = await parsed.ReadJsonAsync(GraderFiles.Grader, cancellationToken),
                ResponseFormat = await parsed.ReadJsonAsync(GraderFiles.ResponseFormat, cancellationToken),
                Suffix = parsed.GetValue(Suffix),
                Alias = parsed.GetValue(Alias) ?? beside.Alias ?? Path.GetFileNameWithoutExtension(dataset.Name),
                Epochs = parsed.GetValue(Epochs),
                BatchSize = parsed.GetValue(BatchSize),
                LearningRateMultiplier = parsed.GetValue(LearningRate),
                Beta = parsed.GetValue(Beta),
                ReasoningEffort = parsed.GetValue(ReasoningEffort),
                ComputeMultiplier = parsed.GetValue(ComputeMultiplier),
                EvalInterval = parsed.GetValue(EvalInterval),
                EvalSamples = parsed.GetValue(EvalSamples),
                Seed = parsed.GetValue(Seed),
                Generation = parsed.GetValue(Generation),
                Priority = parsed.GetValue(Priority),
            },
            cancellationToken);
    }
}
