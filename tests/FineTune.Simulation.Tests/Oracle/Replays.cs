using System.Text.Json;
using FineTune.Simulation.Tests.World;
using Microsoft.Data.Sqlite;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>What a second time must not do, and what it finds on the disk.</summary>
internal static class Replays
{
    /// <summary>Those that a workflow asks for once in its life with the same input.</summary>
    private static readonly string[] OnceOnly = ["InspectDataset", "ClaimKey", "UploadDataset", "CollectResult", "RecordOutcome", "SettleSpending", "CleanUp"];

    /// <summary>I7.</summary>
    public static IEnumerable<string> WhatIsJournaledIsNotDoneAgain(Evidence evidence)
        => evidence.Chronicle.Repeated.Where(step => OnceOnly.Contains(step.Split('|')[2]))
            .Select(step => $"a step was begun again although its outcome was journaled: {string.Join(' ', step.Split('|')[1..3])}");

    /// <summary>I11.</summary>
    public static IEnumerable<string> WhatIsOverStaysOver(Evidence evidence)
        => evidence.CallsAfterTheEnd.Select(call => $"after the end of all runs somebody called {call.Method} {call.Path}");

    /// <summary>I11, of a sweep: it looks, and finds all in order.</summary>
    public static IEnumerable<string> NothingIsLeftToSweep(Evidence evidence)
    {
        foreach (Exchange call in evidence.CallsOfTheLastSweep.Where(call => call.Method != "GET"))
        {
            yield return $"a sweep after the sweep called {call.Method} {call.Path}";
        }

        if (evidence.LastSweep is not { Recovered.Count: 0, Cancelled.Count: 0, Started.Count: 0, DeletedFiles.Count: 0, Forgotten.Count: 0 })
        {
            yield return $"a sweep after the sweep found something to do: {evidence.LastSweep}";
        }
    }

    /// <summary>I12.</summary>
    public static IEnumerable<string> FilesAreSound(Evidence evidence)
    {
        foreach (string file in Directory.EnumerateFiles(evidence.World.Folder.Path, "*.db", SearchOption.AllDirectories))
        {
            if (Check(file) is var verdict and not "ok")
            {
                yield return $"{Path.GetFileName(file)} is broken: {verdict}";
            }
        }
    }

    /// <summary>I12, of what the rows mean: when all runs are over, nobody holds a place or waits for one.</summary>
    public static IEnumerable<string> NobodyIsLeftInLine(Evidence evidence)
        => evidence.Line.Where(row => row.Name != "gate" || JsonElement.Parse(row.Body!).GetProperty("held").GetInt32() != 0)
            .Select(row => $"the line still has {row.Name}: {row.Body}");

    private static string Check(string file)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }
}
