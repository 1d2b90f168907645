using System.Text.Json;
using FineTune.Emulator.Datasets;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Chat;

/// <summary>Chat completions, and legacy completions for the models that have no chat.</summary>
internal static class ChatEndpoints
{
    public static void MapChat(this IEndpointRouteBuilder v1)
    {
        v1.MapPost("/chat/completions", ChatAsync);
        v1.MapPost("/completions", CompleteAsync);
    }

    private static async Task ChatAsync(HttpContext context, TunedModels models, CompletionIds ids)
    {
        var body = await RequestBody.ReadAsync(context);
        string model = body.RequiredString("model");
        var messages = body.OptionalObject("messages", JsonValueKind.Array)
            ?? throw ApiException.BadRequest("Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
        if (messages.EnumerateArray().Any(m => m.ValueKind != JsonValueKind.Object))
        {
            throw ApiException.BadRequest("Invalid 'messages': every message must be an object.", "messages", "invalid_type");
        }

        string answer = await models.AnswerAsync(model, Prompt.Of(messages), context.RequestAborted);
        var usage = WireUsage.Of((int)TokenEstimate.OfMessages(messages), answer);
        var (id, created) = ids.Next("chatcmpl-");
        if (body.TryGet("stream", out var stream) && stream.ValueKind == JsonValueKind.True)
        {
            await ChatStream.SendAsync(context, new WireChatChunk(id, created, model, []), answer, WantsUsage(body) ? usage : null);
            return;
        }

        var completion = new WireChatCompletion(id, created, model, [new WireChatChoice(new WireChatMessage(answer))], usage);
        await context.Response.WriteAsJsonAsync(completion, WireJson.Default.WireChatCompletion, cancellationToken: context.RequestAborted);
    }

    private static async Task<WireCompletion> CompleteAsync(HttpContext context, TunedModels models, CompletionIds ids)
    {
        var body = await RequestBody.ReadAsync(context);
        string model = body.RequiredString("model");
        string prompt = body.RequiredString("prompt");
        string answer = await models.AnswerAsync(model, prompt, context.RequestAborted);
        var (id, created) = ids.Next("cmpl-");
        var usage = WireUsage.Of(TokenEstimate.OfText(prompt), answer);
        return new WireCompletion(id, created, model, [new WireCompletionChoice(answer)], usage);
    }

    private static bool WantsUsage(JsonElement body)
        => body.OptionalObject("stream_options") is { } options
            && options.TryGet("include_usage", out var include) && include.ValueKind == JsonValueKind.True;
}
