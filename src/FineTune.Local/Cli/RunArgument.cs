using System.CommandLine;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary>The run a command is about: its id or the start of it; the newest one where none is named.</summary>
internal static class RunArgument
{
    public static readonly Argument<string?> Run = new("run")
    {
        Description = "The run's id, or enough of its start to tell it apart. The default is the newest run.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static async Task<string> ResolveAsync(LocalSession session, ParseResult parsed, CancellationToken cancellationToken)
    {
        string? start = parsed.GetValue(Run);
        List<string> ids = [];
        await foreach (RunRow row in session.Get<IRunLedger>().ListRunsAsync(cancellationToken))
        {
            if (start is null || row.RunId == start)
            {
                return row.RunId;
            }

            if (row.RunId.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                ids.Add(row.RunId);
            }
        }

        return ids switch
        {
            [var only] => only,
            [] when start is null => throw new InvalidRequestException($"There is no run yet. Start one: {ProgramName.Text} run FILE."),
            [] => throw new RunNotFoundException(start),
            _ => throw new InvalidRequestException($"'{start}' is the start of {ids.Count} runs' ids. Give more of it."),
        };
    }
}
