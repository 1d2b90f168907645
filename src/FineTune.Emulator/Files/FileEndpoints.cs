using FineTune.Emulator.Faults;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Files;

/// <summary>The file routes.</summary>
internal static class FileEndpoints
{
    private const int LargestPage = 10_000;

    public static void MapFiles(this IEndpointRouteBuilder v1)
    {
        var files = v1.MapGroup("/files");
        files.MapPost("", UploadAsync);
        files.MapGet("", (
            HttpContext context, FileReader reader, string? purpose, string? after, int limit = LargestPage, string order = "desc")
            => List(context.Faults(), reader, purpose, after, limit, order));
        files.MapGet("/{id}", (string id, HttpContext context, FileReader reader) => reader.View(reader.Find(id), context.Faults()));
        files.MapDelete("/{id}", (string id, FileReader reader) => reader.Delete(id));
        files.MapGet("/{id}/content", (string id, HttpContext context, FileReader reader) => reader.SendContentAsync(id, context));
    }

    private static async Task<WireFile> UploadAsync(HttpContext context, FileReceiver receiver, FileReader reader)
        => reader.View(await receiver.ReceiveAsync(context), context.Faults());

    private static WireIdPage<WireFile> List(ActiveFaults faults, FileReader reader, string? purpose, string? after, int limit, string order)
    {
        var files = reader.All(purpose, faults);
        var (items, more) = Cursor.Cut(order == "asc" ? files.Reverse() : files, f => f.Id, after, limit, LargestPage);
        var page = items.Select(f => reader.View(f, faults)).ToList();
        return new WireIdPage<WireFile>(page, more, page.FirstOrDefault()?.Id, page.LastOrDefault()?.Id);
    }
}
