using System.CommandLine;
using FineTune.Datasets.Reading;
using FineTune.Local.Engine;
using FineTune.Local.Engine.Journaling;
using FineTune.Local.Storage;
using FineTune.Ports;
using Microsoft.Extensions.Options;

namespace FineTune.Local.Cli;

/// <summary>The one place where a command's failure becomes words and an exit code.</summary>
internal static class Guarded
{
    public static void SetGuardedAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
        => command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            catch (Exception failure) when (Explain(failure) is var (words, exitCode))
            {
                await Console.Error.WriteLineAsync($"finetune: {words}");
                return exitCode;
            }
        });

    /// <summary>Null for a mistake of our own, which ends with its stack trace.</summary>
    private static (string Words, int ExitCode)? Explain(Exception failure) => failure switch
    {
        FolderInUseException => (failure.Message, ExitCode.FolderInUse),
        UnreadableDatasetException => (failure.Message, ExitCode.Invalid),
        PermanentFailureException => (failure.Message, ExitCode.Usage),
        OptionsValidationException wrong => ($"The settings do not fit together: {string.Join(" ", wrong.Failures)}", ExitCode.Usage),

        // A value of the wrong type; a settings.json that is not JSON.
        InvalidOperationException or InvalidDataException when failure is InvalidDataException || failure.GetBaseException() is FormatException or OverflowException
            => ($"The settings cannot be read: {failure.Message} {failure.GetBaseException().Message}", ExitCode.Usage),
        LedgerUnavailableException or JournalUnusableException or ProviderUnavailableException or IOException or UnauthorizedAccessException
            => (failure.Message, ExitCode.Unexpected),
        _ => null,
    };
}
