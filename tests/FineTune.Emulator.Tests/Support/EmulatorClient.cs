using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FineTune.Emulator.Tests;

/// <summary>Plain HTTP, so that a test sees what any client would see.</summary>
internal sealed class EmulatorClient : IDisposable
{
    private readonly HttpClient _http;

    public EmulatorClient(Uri baseAddress)
    {
        _http = new HttpClient { BaseAddress = baseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-test-canary");
    }

    public HttpClient Http => _http;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> UploadAsync(string content, string filename = "train.jsonl", string purpose = "fine-tune")
        => _http.PostAsync("files", Form(content, filename, purpose), Token);

    public static MultipartFormDataContent Form(string content, string filename = "train.jsonl", string purpose = "fine-tune") => new()
    {
        { new StringContent(purpose), "purpose" },
        { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", filename },
    };

    public async Task<string> UploadIdAsync(string content, string filename = "train.jsonl")
        => (await JsonAsync(await UploadAsync(content, filename))).GetProperty("id").GetString()!;

    /// <param name="extra">More members of the request, or replacements.</param>
    public Task<HttpResponseMessage> CreateAsync(string trainingFile, object? extra = null)
    {
        var body = new JsonObject { ["model"] = "gpt-4o-mini", ["training_file"] = trainingFile };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(extra ?? new { })!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return _http.PostAsJsonAsync("fine_tuning/jobs", body, Token);
    }

    public async Task<string> CreateIdAsync(string trainingFile, object? extra = null)
        => (await JsonAsync(await CreateAsync(trainingFile, extra))).GetProperty("id").GetString()!;

    public async Task<JsonElement> JobAsync(string id) => await GetAsync($"fine_tuning/jobs/{id}");

    public async Task<string> StatusAsync(string id) => (await JobAsync(id)).GetProperty("status").GetString()!;

    public async Task<JsonElement> GetAsync(string path) => await JsonAsync(await _http.GetAsync(path, Token));

    public async Task<JsonElement> PostAsync(string path, object? body = null)
        => await JsonAsync(await (body is null ? _http.PostAsync(path, content: null, Token) : _http.PostAsJsonAsync(path, body, Token)));

    public async Task<JsonElement> DeleteAsync(string path) => await JsonAsync(await _http.DeleteAsync(path, Token));

    /// <summary>Every event, oldest first, fetched page by page.</summary>
    public async Task<List<JsonElement>> EventsAsync(string job, int pageSize = 20)
    {
        var events = new List<JsonElement>();
        for (bool more = true; more;)
        {
            string after = events.Count == 0 ? "" : $"&after={events[^1].GetProperty("id").GetString()}";
            var page = await GetAsync($"fine_tuning/jobs/{job}/events?limit={pageSize}{after}");
            events.AddRange(page.GetProperty("data").EnumerateArray());
            more = page.GetProperty("has_more").GetBoolean();
        }

        events.Reverse();
        return events;
    }

    public static string[] Ids(JsonElement page)
        => [.. page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    /// <summary>The body of an answer that must have succeeded.</summary>
    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {body}");
        return JsonElement.Parse(body);
    }

    /// <summary>The error object of an answer that must have this status.</summary>
    public static async Task<JsonElement> ErrorAsync(HttpStatusCode expected, HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode}: {body}");
        return JsonElement.Parse(body).GetProperty("error");
    }

    public void Dispose() => _http.Dispose();
}
