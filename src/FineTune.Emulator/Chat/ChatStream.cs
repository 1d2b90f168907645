using System.Text.Json;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Chat;

/// <summary>An answer as server-sent events, a few words each.</summary>
internal static class ChatStream
{
    public static async Task SendAsync(HttpContext context, WireChatChunk head, string answer, WireUsage? usage)
    {
        context.Response.ContentType = "text/event-stream";
        await SendAsync(context, head with { Choices = [new WireChunkChoice(new WireDelta("assistant", ""))] });
        foreach (string piece in Pieces(answer))
        {
            await SendAsync(context, head with { Choices = [new WireChunkChoice(new WireDelta(null, piece))] });
        }

        await SendAsync(context, head with { Choices = [new WireChunkChoice(new WireDelta(null, null)) { FinishReason = "stop" }] });
        if (usage is not null)
        {
            await SendAsync(context, head with { Usage = usage });
        }

        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static IEnumerable<string> Pieces(string answer)
    {
        const int Length = 16;
        for (int start = 0; start < answer.Length;)
        {
            int space = answer.IndexOf(' ', Math.Min(start + Length, answer.Length));
            int end = space < 0 ? answer.Length : space;
            yield return answer[start..end];
            start = end;
        }
    }

    private static Task SendAsync(HttpContext context, WireChatChunk chunk)
    {
        string json = JsonSerializer.Serialize(chunk, WireJson.Default.WireChatChunk);
        return context.Response.WriteAsync($"data: {json}\n\n", context.RequestAborted);
    }
}
