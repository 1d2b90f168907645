using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Engine;

/// <summary>Where the engine keeps its journal and how hard it works.</summary>
internal sealed record EngineOptions
{
    /// <summary>Made if missing; one engine at a time.</summary>
    public required string Folder { get; init; }

    /// <summary>Knows every message of the registered workflows and activities.</summary>
    public required JsonSerializerOptions Json { get; init; }

    /// <summary>How many activities run at once; 32 unless told otherwise.</summary>
    public int MaxActivities { get; init; } = 32;

    /// <summary>Called before every attempt of an activity, in the attempt's own context: tests hold it back or count it there.</summary>
    public Func<ActivityCall, CancellationToken, Task>? BeforeActivity { get; init; }

    /// <summary>Called with the writer's connection before every transaction: tests cut the power or fill the disk there.</summary>
    public Func<SqliteConnection, CancellationToken, Task>? BeforeCommit { get; init; }
}
