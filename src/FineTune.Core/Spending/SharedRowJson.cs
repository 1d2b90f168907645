using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FineTune.Ports;

namespace FineTune.Spending;

/// <summary>What stands in the shared rows of budgets and of the line; a test pins it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MonthSum))]
[JsonSerializable(typeof(MonthShare))]
[JsonSerializable(typeof(LineGate))]
[JsonSerializable(typeof(LinePlace))]
[JsonSerializable(typeof(LineTicket))]
internal sealed partial class SharedRowJson : JsonSerializerContext;

/// <summary>Reads and writes the bodies of shared rows, and begins again where somebody was faster.</summary>
internal static class SharedRowExtensions
{
    /// <summary>Null for a row that is not there.</summary>
    public static T? Read<T>(this SharedRow? row, JsonTypeInfo<T> type)
        where T : class
        => row is null ? null : JsonSerializer.Deserialize(row.Body!, type);

    public static SharedRow With<T>(this SharedRow row, T body, JsonTypeInfo<T> type) => row with { Body = JsonSerializer.Serialize(body, type) };

    public static SharedRow Removed(this SharedRow row) => row with { Body = null };

    /// <param name="attempt">Reads, decides and writes once.</param>
    public static async Task<T> UntilWrittenAsync<T>(Func<Task<T>> attempt)
    {
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (LedgerConflictException)
            {
                // Somebody else wrote one of the rows meanwhile: what they wrote counts, so read it and decide anew.
            }
        }
    }
}
