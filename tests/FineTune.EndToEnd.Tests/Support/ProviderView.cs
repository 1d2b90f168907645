using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FineTune.Emulator;

namespace FineTune.EndToEnd.Tests;

/// <summary>The emulator as any client of its API sees it, without the product's code in between.</summary>
internal static class ProviderView
{
    private static readonly HttpClient Http = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "emu-onlooker") } };

    /// <summary>The ids of a job's events, oldest first.</summary>
    public static async Task<string[]> EventIdsAsync(this EmulatorServer emulator, string jobId)
    {
        Uri address = new(emulator.BaseAddress, $"fine_tuning/jobs/{jobId}/events?limit=100");
        List<string> newestFirst = [];
        JsonElement page;
        do
        {
            string after = newestFirst.Count == 0 ? "" : $"&after={newestFirst[^1]}";
            page = await Http.GetFromJsonAsync<JsonElement>(address + after, TestContext.Current.CancellationToken);
            newestFirst.AddRange(page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
        }
        while (page.GetProperty("has_more").GetBoolean());

        newestFirst.Reverse();
        return [.. newestFirst];
    }

    /// <summary>All jobs, newest first.</summary>
    public static async Task<JsonElement[]> JobsAsync(this EmulatorServer emulator)
    {
        JsonElement page = await Http.GetFromJsonAsync<JsonElement>(
            new Uri(emulator.BaseAddress, "fine_tuning/jobs?limit=100"), TestContext.Current.CancellationToken);
        return [.. page.GetProperty("data").EnumerateArray()];
    }

    /// <summary>Cancel, pause or resume a job, as somebody at the provider's dashboard would.</summary>
    public static async Task InterveneAsync(this EmulatorServer emulator, string jobId, string verb)
    {
        using HttpResponseMessage answer = await Http.PostAsync(
            new Uri(emulator.BaseAddress, $"fine_tuning/jobs/{jobId}/{verb}"), content: null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public static async Task DeleteFileAsync(this EmulatorServer emulator, string fileId)
    {
        using HttpResponseMessage answer = await Http.DeleteAsync(
            new Uri(emulator.BaseAddress, $"files/{fileId}"), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A job that carries our key but trains on somebody else's file.</summary>
    public static async Task<string> CreateForeignJobAsync(this EmulatorServer emulator, string key)
    {
        using MultipartFormDataContent form = new()
        {
            { new StringContent("fine-tune"), "purpose" },
            { new StringContent(ChatDataset.On("door")), "file", "doors.jsonl" },
        };
        string file = await PostAsync(emulator, "files", form);
        return await PostAsync(emulator, "fine_tuning/jobs", JsonContent.Create(new
        {
            model = "gpt-4.1-mini-2025-04-14",
            training_file = file,
            metadata = new { ft_key = key },
        }));
    }

    public static int Requests(this EmulatorServer emulator, string route) => emulator.ReadLedger().Requests.GetValueOrDefault(route);

    /// <summary>The id in the answer.</summary>
    private static async Task<string> PostAsync(EmulatorServer emulator, string path, HttpContent content)
    {
        using HttpResponseMessage answer = await Http.PostAsync(new Uri(emulator.BaseAddress, path), content, TestContext.Current.CancellationToken);
        JsonElement made = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return made.GetProperty("id").GetString()!;
    }
}
