using System.Text.Json;

namespace FineTune.Emulator.Tests;

/// <summary>One recorded session: requests and what the real service answered.</summary>
internal sealed class Recording
{
    private readonly JsonElement _entries;

    private Recording(JsonElement entries) => _entries = entries;

    /// <summary>Skips the test where the recordings are not present.</summary>
    public static Recording Open(string name)
    {
        string path = Path.Combine(Repository.SharedData, "openai", "recorded", name + ".json");
        Assert.SkipUnless(File.Exists(path), $"No recorded traffic at {path}.");
        return new Recording(JsonElement.Parse(File.ReadAllText(path)).GetProperty("Entries"));
    }

    public JsonElement Request(int entry) => _entries[entry].GetProperty("RequestBody");

    public JsonElement Response(int entry) => _entries[entry].GetProperty("ResponseBody");

    public int Status(int entry) => _entries[entry].GetProperty("StatusCode").GetInt32();

    /// <summary>The jobs of the first answer.</summary>
    public IEnumerable<JsonElement> Jobs() => Response(0).GetProperty("data").EnumerateArray();
}
