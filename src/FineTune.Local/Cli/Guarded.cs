using System.CommandLine;
using FineTune.Local.Engine;
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
            catch (PermanentFailureException refused)
            {
                return await SayAsync(refused.Message, ExitCode.Usage);
            }
            catch (OptionsValidationException wrong)
            {
                return await SayAsync($"The settings do not fit together: {string.Join(" ", wrong.Failures)}", ExitCode.Usage);
            }
            catch (FolderInUseException inUse)
            {
                return await SayAsync(inUse.Message, ExitCode.FolderInUse);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        });

    private static async Task<int> SayAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync($"finetune: {message}");
        return exitCode;
    }
}
